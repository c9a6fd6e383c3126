import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import { Button } from "#app/ui/button.tsx";
import { Confirm } from "#app/ui/confirm.tsx";
import { formatBytes } from "#app/ui/format-bytes.ts";
import { Problem } from "#app/ui/problem.tsx";
import type { ModelCard } from "#contracts/generation.ts";
import { DEFAULT_MODEL } from "#contracts/terms.ts";

const SOON_MS = 300;
const ONE_DIGIT = { minimumFractionDigits: 1, maximumFractionDigits: 1 };

interface Props {
  readonly model: ModelCard;
  /** Opened, let go and pinned, and nothing that takes long. */
  readonly isBrief?: boolean;
}

export function ModelRow({ model, isBrief = false }: Props) {
  const t = useTranslations("models");
  const { id, title, state, progress, failure, source } = model;
  const said = t(`states.${state}`);
  const isMoving = state === "loading" || state === "warming";
  const { act, start, remove, problem, isPending } = useModelCare();
  const isOpen = state === "ready";
  return (
    <article aria-label={title} className="grid gap-4 rounded-lg border border-line bg-plinth p-4 sm:p-5">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h2 className="font-serif text-xl">{title}</h2>
        {title !== id && <span className="text-muted text-sm">{id}</span>}
        <span
          className={`ml-auto text-sm ${isOpen ? "text-accent" : state === "failed" ? "text-alarm" : "text-muted"}`}
        >
          {said}
        </span>
      </div>
      {isMoving && <progress className="bar" value={progress} aria-label={t("moving", { title, state: said })} />}
      {failure && <p className="text-alarm text-sm">{failure}</p>}
      {state !== "failed" && <Facts model={model} />}
      <div className="flex flex-wrap gap-2">
        {state !== "failed" && (
          <>
            <Button
              onClick={() => act.mutate({ modelId: id, action: isOpen ? "unload" : "load" })}
              disabled={isMoving || isPending}
            >
              {t(isOpen ? "letGo" : "open")}
            </Button>
            <Button
              aria-pressed={model.pinned}
              disabled={isMoving || isPending}
              onClick={() => act.mutate({ modelId: id, action: model.pinned ? "unpin" : "pin" })}
              className="aria-pressed:border-accent aria-pressed:text-accent"
            >
              {t(model.pinned ? "keptOpen" : "keepOpen")}
            </Button>
            {!isBrief && model.int8Speedup === null && (
              <Button
                onClick={() => start.mutate({ kind: "optimize", modelId: id })}
                disabled={isPending}
                title={t("makeFasterNote")}
              >
                {t("makeFaster")}
              </Button>
            )}
          </>
        )}
        {!isBrief && source && (
          <Button onClick={() => start.mutate({ kind: "verify", modelId: id })} disabled={isPending}>
            {t("verify")}
          </Button>
        )}
        {!isBrief && id !== DEFAULT_MODEL && (
          <Remove title={title} isPending={isPending} onRemove={() => remove.mutate(id)} />
        )}
      </div>
      <Problem error={problem} />
    </article>
  );
}

function useModelCare() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const lookAgain = async (): Promise<void> => {
    await queryClient.invalidateQueries({ queryKey: trpc.health.whole.queryKey() });
    await queryClient.invalidateQueries({ queryKey: trpc.model.tasks.queryKey() });
  };
  // While it is being opened, that is what its card says.
  const lookSoon = () => void setTimeout(() => void lookAgain(), SOON_MS);
  const settled = { onMutate: lookSoon, onSettled: lookAgain };
  const act = useMutation(trpc.model.act.mutationOptions(settled));
  const start = useMutation(trpc.model.start.mutationOptions(settled));
  const remove = useMutation(trpc.model.remove.mutationOptions(settled));
  const latest = [act, start, remove].sort((a, b) => b.submittedAt - a.submittedAt)[0]!;
  return { act, start, remove, problem: latest.error, isPending: act.isPending || start.isPending || remove.isPending };
}

/** Gigabytes that took an hour to come are not gone by one click. */
function Remove({ title, isPending, onRemove }: { title: string; isPending: boolean; onRemove: () => void }) {
  const t = useTranslations("models");
  const [isAsking, setAsking] = useState(false);
  if (!isAsking) return <Button onClick={() => setAsking(true)}>{t("remove")}</Button>;
  return (
    <Confirm
      legend={t("removeTitle", { title })}
      note={t("removeNote")}
      act={t("removeForGood")}
      keep={t("keep")}
      isPending={isPending}
      onAct={onRemove}
      onKeep={() => setAsking(false)}
    />
  );
}

function Facts({ model }: { model: ModelCard }) {
  const t = useTranslations("models");
  const format = useFormatter();
  const { bytes, residentBytes, isMeasured, nativeSizePx, licence, int8Speedup, source } = model;
  const memory = formatBytes(residentBytes);
  return (
    <dl className="flex flex-wrap gap-x-6 gap-y-2 text-sm">
      <Fact title={t("facts.size")}>{t("pixels", { size: nativeSizePx })}</Fact>
      <Fact title={t("facts.disk")}>{formatBytes(bytes)}</Fact>
      <Fact title={t("facts.memory")}>{isMeasured ? memory : t("about", { size: memory })}</Fact>
      <Fact title={t("facts.licence")}>{licence ?? t("notTold")}</Fact>
      {int8Speedup && (
        <Fact title={t("facts.int8")}>{t("timesAsFast", { times: format.number(int8Speedup, ONE_DIGIT) })}</Fact>
      )}
      {source && <Fact title={t("facts.source")}>{source}</Fact>}
    </dl>
  );
}

const Fact = ({ title, children }: { title: string; children: React.ReactNode }) => (
  <div className="grid min-w-0">
    <dt className="text-muted text-xs">{title}</dt>
    <dd className="break-words">{children}</dd>
  </div>
);

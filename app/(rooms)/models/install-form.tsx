import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import { Button } from "#app/ui/button.tsx";
import { Chapter } from "#app/ui/chapter.tsx";
import { formatBytes } from "#app/ui/format-bytes.ts";
import { Problem } from "#app/ui/problem.tsx";
import type { CatalogueEntry, InstallPlan } from "#contracts/models.ts";
import { guessOfTime } from "./guess-of-time.ts";

/** First what would be done, then doing it. */
export function InstallForm() {
  const t = useTranslations("models");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [from, setFrom] = useState("");
  const [id, setId] = useState("");
  const asked = { from, ...(id.trim() === "" ? {} : { id: id.trim() }) };
  const plan = useMutation(trpc.model.plan.mutationOptions());
  const onSuccess = async () => {
    setFrom("");
    setId("");
    plan.reset();
    await queryClient.invalidateQueries({ queryKey: trpc.model.tasks.queryKey() });
  };
  const start = useMutation(trpc.model.start.mutationOptions({ onSuccess }));
  const choose = (value: string) => {
    setFrom(value);
    plan.reset();
    start.reset();
  };
  function look(event: FormEvent): void {
    event.preventDefault();
    start.reset();
    plan.mutate(asked);
  }
  const problem = plan.error ?? start.error;
  return (
    <Chapter title={t("bring")} className="gap-5">
      <form onSubmit={look} noValidate className="grid gap-2">
        <label htmlFor="from" className="text-muted text-sm">
          {t("from")}
        </label>
        <div className="grid gap-2 sm:grid-cols-[1fr_12rem_auto]">
          <input
            id="from"
            value={from}
            onChange={({ target }) => choose(target.value)}
            placeholder={t("fromHint")}
            spellCheck={false}
            autoCapitalize="off"
            className="field"
          />
          <input
            aria-label={t("name")}
            value={id}
            onChange={({ target }) => {
              setId(target.value);
              plan.reset();
            }}
            placeholder={t("nameHint")}
            spellCheck={false}
            autoCapitalize="off"
            className="field"
          />
          <Button type="submit" disabled={from.trim() === "" || plan.isPending}>
            {t(plan.isPending ? "plan.asking" : "plan.ask")}
          </Button>
        </div>
        <Problem error={problem} />
      </form>
      {plan.data && (
        <Plan
          plan={plan.data}
          isStarting={start.isPending}
          onInstall={() => start.mutate({ kind: "install", ...asked })}
        />
      )}
      <Catalogue onChoose={choose} />
    </Chapter>
  );
}

interface PlanProps {
  readonly plan: InstallPlan;
  readonly isStarting: boolean;
  readonly onInstall: () => void;
}

function Plan({ plan, isStarting, onInstall }: PlanProps) {
  const t = useTranslations("models.plan");
  const time = useGuessOfTime(plan.seconds);
  const licence = plan.licence ?? t("noLicence");
  const version = plan.revision ? [t("version", { version: plan.revision.slice(0, 12) })] : [];
  return (
    <div role="status" className="grid gap-4 rounded-lg border border-line bg-plinth p-4 text-sm">
      <p>
        {t("what", {
          files: plan.files.length,
          bytes: formatBytes(plan.bytes),
          id: plan.id,
          free: formatBytes(plan.freeBytes),
          time,
          memory: formatBytes(plan.residentBytes),
        })}
      </p>
      <p className="text-muted">{[t("licence", { licence }), ...version, t("hashed")].join(" ")}</p>
      <Button look="primary" onClick={onInstall} disabled={isStarting} className="justify-self-start">
        {t("install")}
      </Button>
    </div>
  );
}

function useGuessOfTime(seconds: number): string {
  const t = useTranslations("models.times");
  const format = useFormatter();
  const { unit, count } = guessOfTime(seconds);
  const digits = unit === "hours" ? 1 : 0;
  return t(unit, { count: format.number(count, { minimumFractionDigits: digits, maximumFractionDigits: digits }) });
}

function Catalogue({ onChoose }: { onChoose: (hubId: string) => void }) {
  const t = useTranslations("models.catalogue");
  const trpc = useTRPC();
  const { data = [] } = useQuery(trpc.model.catalogue.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY }));
  if (data.length === 0) return null;
  return (
    <div className="grid gap-2">
      <h3 className="text-muted text-sm">{t("title")}</h3>
      <ul className="grid gap-2 sm:grid-cols-2">
        {data.map((entry) => (
          <li key={entry.hubId}>
            <button
              type="button"
              onClick={() => onChoose(entry.hubId)}
              className="grid min-h-11 w-full gap-0.5 rounded-lg border border-line px-3 py-2 text-left text-sm hover:border-muted"
            >
              <span className="truncate">{entry.family}</span>
              <span className="truncate text-muted text-xs">
                <Told entry={entry} />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Told({ entry: { hubId, bytes, licence, verified } }: { entry: CatalogueEntry }) {
  const t = useTranslations("models.catalogue");
  const size = bytes === null ? [] : [formatBytes(bytes)];
  return [hubId, ...size, licence ?? t("noLicence"), ...(verified ? [] : [t("untried")])].join(", ");
}

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import { Button } from "#app/ui/button.tsx";
import { LineIcon } from "#app/ui/line-icon.tsx";
import { Problem } from "#app/ui/problem.tsx";
import { useTell } from "#app/ui/toaster.tsx";
import { useLookAgain } from "#app/ui/use-look-again.ts";
import type { Queue, QueuedOrder } from "#contracts/operations.ts";
import { OnEasel } from "./on-easel.tsx";
import { Section } from "./section.tsx";

const LOOK_EVERY_MS = { busy: 2_000, idle: 5_000 };
const isBusy = (queue: Queue | undefined): boolean =>
  queue !== undefined && queue.painting.length + queue.waiting.length > 0;

/** Everybody's orders: what is painted, what waits, what came to nothing; and what can be done about it. */
export function LineOfAll() {
  const t = useTranslations("admin.line");
  const trpc = useTRPC();
  const { data: queue, error } = useQuery(
    trpc.admin.queue.queryOptions(undefined, {
      refetchInterval: ({ state }) => (isBusy(state.data) ? LOOK_EVERY_MS.busy : LOOK_EVERY_MS.idle),
    }),
  );
  const { pause, toFront, cancel, retry, problem, isPending } = useTending();
  const titleOf = useTitleOf();
  if (!queue) {
    return (
      <Section id="line" title={t("title")}>
        <div className="min-h-28">
          <Problem error={error} />
        </div>
      </Section>
    );
  }
  const { isPaused, painting, waiting, waitingInAll, ended } = queue;
  const cancelButton = (order: QueuedOrder) => (
    <Button
      onClick={() => cancel.mutate(order.id)}
      disabled={isPending}
      aria-label={`${t("cancel")}: ${titleOf(order)}`}
    >
      {t("cancel")}
    </Button>
  );
  return (
    <Section id="line" title={t("title")}>
      <PauseRow isPaused={isPaused} isPending={pause.isPending} onPause={() => pause.mutate(!isPaused)} />
      <Problem error={problem ?? error} />
      {!isBusy(queue) && <p className="text-muted">{t("empty")}</p>}
      {painting.map((order) => (
        <OnEasel key={order.id} order={order} title={titleOf(order)}>
          {cancelButton(order)}
        </OnEasel>
      ))}
      {waiting.length > 0 && (
        <Rows title={t("waiting")}>
          {waiting.map((order, place) => (
            <Row key={order.id} order={order} title={titleOf(order)}>
              {place > 0 && (
                <Button
                  onClick={() => toFront.mutate(order.id)}
                  disabled={isPending}
                  aria-label={`${t("toFront")}: ${titleOf(order)}`}
                >
                  {t("toFront")}
                </Button>
              )}
              {cancelButton(order)}
            </Row>
          ))}
        </Rows>
      )}
      {waitingInAll > waiting.length && (
        <p className="text-muted text-sm">{t("more", { count: waitingInAll - waiting.length })}</p>
      )}
      {ended.length > 0 && (
        <Rows title={t("ended")}>
          {ended.map((order) => (
            <Row key={order.id} order={order} title={titleOf(order)}>
              <Button
                onClick={() => retry.mutate(order.id)}
                disabled={isPending}
                aria-label={`${t("retry")}: ${titleOf(order)}`}
              >
                {t("retry")}
              </Button>
            </Row>
          ))}
        </Rows>
      )}
    </Section>
  );
}

function useTitleOf(): (order: QueuedOrder) => string {
  const t = useTranslations("admin.line");
  return ({ title, theme }) => title ?? (theme || t("hers"));
}

/** Cancelled at once, with a way back: that is to have it painted after all. */
function useTending() {
  const t = useTranslations("line");
  const trpc = useTRPC();
  const tell = useTell();
  const titleOf = useTitleOf();
  const queryClient = useQueryClient();
  const lookAgain = useLookAgain();
  const onSettled = async () => {
    await lookAgain();
    await queryClient.invalidateQueries({ queryKey: trpc.order.pathKey() });
  };
  const find = (id: string): QueuedOrder | undefined => {
    const queue = queryClient.getQueryData(trpc.admin.queue.queryKey());
    return [...(queue?.painting ?? []), ...(queue?.waiting ?? [])].find((order) => order.id === id);
  };
  const pause = useMutation(trpc.order.setPaused.mutationOptions({ onSettled }));
  const toFront = useMutation(trpc.admin.toFront.mutationOptions({ onSettled }));
  const retry = useMutation(trpc.admin.retry.mutationOptions({ onSettled }));
  const cancel = useMutation(
    trpc.admin.cancel.mutationOptions({
      onSettled,
      onMutate: (id) => find(id),
      onSuccess: (_done, id, order) =>
        tell(t("cancelled", { theme: order ? titleOf(order) : "" }), () => retry.mutate(id)),
    }),
  );
  const latest = [pause, toFront, cancel, retry].sort((a, b) => b.submittedAt - a.submittedAt)[0]!;
  const isPending = toFront.isPending || cancel.isPending || retry.isPending;
  return { pause, toFront, cancel, retry, problem: latest.error, isPending };
}

const PauseRow = (props: { isPaused: boolean; isPending: boolean; onPause: () => void }) => {
  const t = useTranslations("line");
  const { isPaused, isPending, onPause } = props;
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <p className="text-muted text-sm">{t(isPaused ? "pausedNote" : "note")}</p>
      <Button onClick={onPause} disabled={isPending}>
        <LineIcon name={isPaused ? "play" : "pause"} /> {t(isPaused ? "goOn" : "pause")}
      </Button>
    </div>
  );
};

const Rows = ({ title, children }: { title: string; children: ReactNode }) => (
  <div className="grid gap-1">
    <h3 className="text-muted text-sm">{title}</h3>
    <ol aria-label={title} className="grid">
      {children}
    </ol>
  </div>
);

function Row({ order, title, children }: { order: QueuedOrder; title: string; children: ReactNode }) {
  const t = useTranslations("admin.line");
  const format = useFormatter();
  const { artist, person, count, refusals, failure, state, createdAt, finishedAt } = order;
  const ago = (at: Date): string => format.relativeTime(at, new Date());
  const said = [
    finishedAt ? t("over", { state, ago: ago(finishedAt) }) : t("since", { ago: ago(createdAt) }),
    t("of", { artist, count }),
    ...(person === null ? [] : [t("for", { person })]),
    ...(refusals > 0 && !finishedAt ? [t("refusals", { count: refusals })] : []),
  ];
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-line border-b py-3 last:border-b-0">
      <span className="grid min-w-0 flex-1 basis-60">
        <span className="truncate">{title}</span>
        <span className="text-muted text-xs">{said.join(" · ")}</span>
        {failure && <span className="text-alarm text-xs">{failure.message}</span>}
      </span>
      <span className="flex flex-wrap gap-2">{children}</span>
    </li>
  );
}

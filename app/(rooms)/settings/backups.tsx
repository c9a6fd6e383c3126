"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import { Button } from "#app/ui/button.tsx";
import { formatBytes } from "#app/ui/format-bytes.ts";
import { Problem } from "#app/ui/problem.tsx";
import type { BackupCard, BackupProgress } from "#contracts/backups.ts";

const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
const PULSE_MS = { busy: 1_000, idle: 30_000 };

/** What there is to go back to, how it is gone back to, and one more at once. */
export function BackupsPart() {
  const t = useTranslations("backups");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data, error, isPending } = useQuery(
    trpc.backup.list.queryOptions(undefined, {
      refetchInterval: ({ state }) => (state.data?.isAsked || state.data?.underWay ? PULSE_MS.busy : PULSE_MS.idle),
    }),
  );
  const onSettled = () => queryClient.invalidateQueries({ queryKey: trpc.backup.list.queryKey() });
  const ask = useMutation(trpc.backup.ask.mutationOptions({ onSettled }));
  const isBusy = data?.isAsked || data?.underWay || ask.isPending;
  return (
    <div className="grid gap-4" aria-busy={isPending}>
      <p className="text-muted text-sm">{t("what")}</p>
      <Problem error={ask.error ?? error} />
      {data && data.kept.length === 0 && <p className="text-sm">{t("none")}</p>}
      <ul className="grid gap-2">
        {data?.kept.map((backup) => (
          <Row key={backup.id} backup={backup} />
        ))}
      </ul>
      <div role="status" className="grid gap-2 text-muted text-sm empty:hidden">
        {data?.underWay ? <UnderWay progress={data.underWay} /> : data?.isAsked && t("asked")}
      </div>
      <Button onClick={() => ask.mutate()} disabled={Boolean(isBusy)} className="justify-self-start">
        {t("now")}
      </Button>
    </div>
  );
}

function Row({ backup }: { backup: BackupCard }) {
  const t = useTranslations("backups");
  const format = useFormatter();
  const { id, kind, madeAt, artworks, bytes, lost, verifiedAt, faults } = backup;
  const at = (date: Date) => format.dateTime(date, { dateStyle: "medium", timeStyle: "short", timeZone });
  const state = faults > 0 ? "damaged" : verifiedAt ? "verified" : "unverified";
  return (
    <li className="grid gap-1 rounded-lg border border-line p-4 text-sm">
      <div className="flex flex-wrap gap-x-4 gap-y-1">
        <time dateTime={madeAt.toISOString()}>{at(madeAt)}</time>
        <span className="text-muted">{t(`kinds.${kind}`)}</span>
        <span className="ml-auto text-muted tabular-nums">{t("holds", { artworks, size: formatBytes(bytes) })}</span>
      </div>
      <p className={state === "damaged" ? "text-alarm" : "text-muted"}>
        {t(state, { at: verifiedAt ? at(verifiedAt) : "" })}
        {lost > 0 && ` ${t("lost", { count: lost })}`}
      </p>
      <code className="break-all text-muted text-xs">npm run restore -- {id}</code>
    </li>
  );
}

function UnderWay({ progress: { stage, done, of } }: { progress: BackupProgress }) {
  const t = useTranslations("backups");
  const doing = t(`stages.${stage}`, { done, of });
  return (
    <>
      <span>{doing}</span>
      <progress className="bar" value={of > 0 ? done / of : undefined} aria-label={doing} />
    </>
  );
}

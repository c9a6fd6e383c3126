import { useMutation, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useFormatter, useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import { Button, buttonClass } from "#app/ui/button.tsx";
import { Problem } from "#app/ui/problem.tsx";
import { useTell } from "#app/ui/toaster.tsx";
import { useLookAgain } from "#app/ui/use-look-again.ts";
import type { Overview, PersonsKey } from "#contracts/operations.ts";
import { Section } from "./section.tsx";

/** What has a page of its own, with what is to be known of it here; and everybody's keys. */
export function Around({ overview }: { overview: Overview | undefined }) {
  const t = useTranslations("admin.around");
  return (
    <Section id="around" title={t("title")}>
      <div className="flex flex-wrap gap-2">
        <Link href="/people" className={buttonClass("quiet")}>
          {t("people", { count: overview?.people ?? "…" })}
        </Link>
        <Link href="/settings#backups" className={buttonClass("quiet")}>
          {t("backups", { count: overview?.backups.kept ?? "…" })}
        </Link>
        <Link href="/settings" className={buttonClass("quiet")}>
          {t("safety")}
        </Link>
      </div>
      <p className="min-h-5 text-muted text-sm">{overview && <NextBackup backups={overview.backups} />}</p>
      <Keys />
    </Section>
  );
}

function NextBackup({ backups: { newest, nextAt } }: Pick<Overview, "backups">) {
  const t = useTranslations("admin.around");
  const format = useFormatter();
  const now = new Date();
  const last = newest ? t("last", { at: format.relativeTime(newest, now) }) : t("none");
  const next = nextAt <= now ? t("nextNow") : t("next", { at: format.relativeTime(nextAt, now) });
  return `${last} ${next}`;
}

function Keys() {
  const t = useTranslations("admin.keys");
  const trpc = useTRPC();
  const tell = useTell();
  const keys = useQuery(trpc.admin.keys.queryOptions());
  const revoke = useMutation(trpc.admin.revokeKey.mutationOptions({ onSettled: useLookAgain() }));
  const end = ({ id, name }: PersonsKey) => revoke.mutate(id, { onSuccess: () => tell(t("revoked", { name })) });
  return (
    <div className="grid gap-2">
      <h3 className="font-medium text-sm">{t("title")}</h3>
      <Problem error={revoke.error ?? keys.error} />
      {keys.data?.length === 0 && <p className="text-muted text-sm">{t("none")}</p>}
      <ul className="grid empty:hidden">
        {keys.data?.map((key) => (
          <KeyRow key={key.id} of={key} isBusy={revoke.isPending} onRevoke={() => end(key)} />
        ))}
      </ul>
    </div>
  );
}

function KeyRow({ of: { name, person, scopes, lastUsedAt }, isBusy, onRevoke }: KeyRowProps) {
  const t = useTranslations("admin.keys");
  const people = useTranslations("people");
  const format = useFormatter();
  const used = lastUsedAt ? people("used", { at: format.relativeTime(lastUsedAt, new Date()) }) : people("unused");
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 border-line border-b py-2 text-sm last:border-b-0">
      <span className="grid min-w-0 flex-1 basis-52">
        <span className="break-words">
          {name} <span className="text-muted">{t("of", { person })}</span>
        </span>
        <span className="text-muted text-xs">
          {scopes.map((scope) => people(`scopes.${scope}`)).join(", ")} · {used}
        </span>
      </span>
      <Button onClick={onRevoke} disabled={isBusy} aria-label={t("revokeOf", { name, person })}>
        {people("revoke")}
      </Button>
    </li>
  );
}
interface KeyRowProps {
  readonly of: PersonsKey;
  readonly isBusy: boolean;
  readonly onRevoke: () => void;
}

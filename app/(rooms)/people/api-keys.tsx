import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import { Button } from "#app/ui/button.tsx";
import { Chapter } from "#app/ui/chapter.tsx";
import { Field } from "#app/ui/field.tsx";
import { fieldsOf } from "#app/ui/form-fields.ts";
import { Problem } from "#app/ui/problem.tsx";
import type { ApiKey, Person, Scope } from "#contracts/people.ts";
import { SCOPES } from "#contracts/terms.ts";

/** What programs of one's own come in by. */
export function ApiKeys({ self }: { self: Person }) {
  const t = useTranslations("people");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const keys = useQuery(trpc.person.keys.queryOptions());
  const onSettled = () => queryClient.invalidateQueries({ queryKey: trpc.person.keys.queryKey() });
  const create = useMutation(trpc.person.createKey.mutationOptions({ onSettled }));
  const revoke = useMutation(trpc.person.revokeKey.mutationOptions({ onSettled }));
  const scopes = SCOPES.filter((scope) => scope !== "admin" || self.role === "admin");
  return (
    <Chapter title={t("keys")}>
      <p className="text-muted text-sm">{t("keysNote")}</p>
      {keys.data?.length === 0 && <p className="text-muted text-sm">{t("noKeys")}</p>}
      <ul className="grid gap-2 empty:hidden">
        {keys.data?.map((key) => (
          <KeyRow key={key.id} apiKey={key} isBusy={revoke.isPending} onRevoke={() => revoke.mutate(key.id)} />
        ))}
      </ul>
      <form
        className="grid gap-4 sm:grid-cols-[1fr_auto_auto] sm:items-end"
        onSubmit={(event) => {
          const { name = "", scope } = fieldsOf(event);
          create.mutate({ name, scopes: [scope as Scope] });
        }}
      >
        <Field label={t("name")} name="name" required maxLength={60} autoComplete="off" />
        <label className="grid gap-1.5">
          <span className="text-muted text-sm">{t("scope")}</span>
          <select name="scope" className="field" defaultValue="write">
            {scopes.map((scope) => (
              <option key={scope} value={scope}>
                {t(`scopes.${scope}`)}
              </option>
            ))}
          </select>
        </label>
        <Button type="submit" disabled={create.isPending}>
          {t("createKey")}
        </Button>
      </form>
      <Problem error={create.error ?? revoke.error ?? keys.error} />
      {create.data && (
        <label className="grid gap-1.5" role="status">
          <span className="text-sm">{t("newKey")}</span>
          <input
            readOnly
            value={create.data}
            className="field font-mono text-sm"
            onFocus={(event) => event.target.select()}
          />
        </label>
      )}
    </Chapter>
  );
}

function KeyRow({ apiKey, isBusy, onRevoke }: { apiKey: ApiKey; isBusy: boolean; onRevoke: () => void }) {
  const t = useTranslations("people");
  const format = useFormatter();
  const { name, scopes, lastUsedAt } = apiKey;
  const used = lastUsedAt ? t("used", { at: format.dateTime(lastUsedAt, { dateStyle: "medium" }) }) : t("unused");
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 rounded-lg border border-line px-4 py-2 text-sm">
      <span className="min-w-0 flex-1 break-words">{name}</span>
      <span className="text-muted">{scopes.map((scope) => t(`scopes.${scope}`)).join(", ")}</span>
      <span className="text-muted">{used}</span>
      <Button onClick={onRevoke} disabled={isBusy}>
        {t("revoke")}
      </Button>
    </li>
  );
}

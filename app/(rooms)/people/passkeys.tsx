import { useTranslations } from "use-intl";
import { authClient } from "#app/ui/auth-client.ts";
import { Button } from "#app/ui/button.tsx";
import { Chapter } from "#app/ui/chapter.tsx";
import { useTell } from "#app/ui/toaster.tsx";

/** They belong to the address they were made at, and to whoever has signed in there. */
export function Passkeys() {
  const t = useTranslations("people");
  const tell = useTell();
  const { data: session } = authClient.useSession();
  const { data: passkeys, refetch } = authClient.useListPasskeys();
  const add = async () => {
    const { error } = await authClient.passkey.addPasskey();
    tell(t(error ? "passkeyFailed" : "passkeyAdded"));
    await refetch();
  };
  const remove = async (id: string) => {
    await authClient.passkey.deletePasskey({ id });
    await refetch();
  };
  return (
    <Chapter title={t("passkeys")}>
      <p className="text-muted text-sm">{t(session ? "passkeysNote" : "passkeySession")}</p>
      {session && (
        <>
          <ul className="grid gap-2 empty:hidden">
            {passkeys?.map(({ id, name, createdAt }) => (
              <li key={id} className="flex items-center gap-4 rounded-lg border border-line px-4 py-2 text-sm">
                <span className="flex-1">{name || t("unnamedPasskey")}</span>
                <time className="text-muted tabular-nums">{new Date(createdAt).toISOString().slice(0, 10)}</time>
                <Button onClick={() => void remove(id)}>{t("removePasskey")}</Button>
              </li>
            ))}
          </ul>
          <div>
            <Button onClick={() => void add()}>{t("addPasskey")}</Button>
          </div>
        </>
      )}
    </Chapter>
  );
}

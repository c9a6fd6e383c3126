"use client";
import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { forgetSeen } from "#app/pwa/forget-seen.ts";
import { authClient } from "#app/ui/auth-client.ts";
import { Button } from "#app/ui/button.tsx";
import { Field } from "#app/ui/field.tsx";
import { fieldsOf } from "#app/ui/form-fields.ts";
import { NewPassword } from "#app/ui/new-password.tsx";
import { refusalIn } from "#app/ui/refusal-in.ts";

const TOO_OFTEN = 429;

interface Props {
  /** Where one wanted to go. */
  readonly to: string;
  readonly isClaimed: boolean;
}

export function SignIn({ to, isClaimed }: Props) {
  const [isOwned, setOwned] = useState(isClaimed);
  // Whole: everything is asked for anew by whoever has come in, and nothing that another saw here is theirs.
  const enter = () => void forgetSeen().finally(() => window.location.assign(to));
  return (
    <main className="mx-auto grid min-h-dvh max-w-sm content-center gap-6 px-6 py-10">
      <p className="font-serif text-2xl tracking-wide">Aria</p>
      {isOwned ? <Enter onEntered={enter} /> : <Claim onClaimed={() => setOwned(true)} onEntered={enter} />}
    </main>
  );
}

function Enter({ onEntered }: { onEntered: () => void }) {
  const t = useTranslations("signIn");
  const { problem, isBusy, attempt } = useAttempt();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    const { email = "", password = "" } = fieldsOf(event);
    void attempt(async () => {
      const { error } = await authClient.signIn.email({ email, password });
      if (error) return t(error.status === TOO_OFTEN ? "often" : "wrong");
      onEntered();
      return null;
    });
  };
  const enterByPasskey = () =>
    attempt(async () => {
      const { error } = await authClient.signIn.passkey();
      if (error) return t("passkeyFailed");
      onEntered();
      return null;
    });
  return (
    <>
      <h1 className="font-serif text-3xl">{t("title")}</h1>
      <form onSubmit={submit} className="grid gap-4">
        <Field label={t("email")} name="email" type="email" required autoComplete="username webauthn" autoFocus />
        <Field label={t("password")} name="password" type="password" required autoComplete="current-password" />
        <Trouble text={problem} />
        <Button type="submit" look="primary" disabled={isBusy}>
          {t("enter")}
        </Button>
        <Button onClick={() => void enterByPasskey()} disabled={isBusy}>
          {t("passkey")}
        </Button>
      </form>
    </>
  );
}

function Claim({ onClaimed, onEntered }: { onClaimed: () => void; onEntered: () => void }) {
  const t = useTranslations("signIn");
  const { problem, isBusy, attempt } = useAttempt();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    const said = fieldsOf(event);
    void attempt(async () => {
      const headers = { "content-type": "application/json" };
      const reply = await fetch("/sign-in/claim", { method: "POST", headers, body: JSON.stringify(said) });
      if (!reply.ok) return refusalIn(await reply.json().catch(() => null)) ?? t("unreachable");
      const { error } = await authClient.signIn.email({ email: said.email ?? "", password: said.password ?? "" });
      if (error) onClaimed();
      else onEntered();
      return null;
    });
  };
  return (
    <>
      <h1 className="font-serif text-3xl">{t("claimTitle")}</h1>
      <p className="text-muted text-sm">{t("claimNote")}</p>
      <form onSubmit={submit} className="grid gap-4">
        <Field label={t("code")} name="code" required autoComplete="one-time-code" autoFocus />
        <Field label={t("name")} name="name" required autoComplete="name" />
        <Field label={t("email")} name="email" type="email" required autoComplete="username" />
        <NewPassword label={t("password")} note={t("passwordNote")} />
        <Trouble text={problem} />
        <Button type="submit" look="primary" disabled={isBusy}>
          {t("claim")}
        </Button>
      </form>
    </>
  );
}

const Trouble = ({ text }: { text: string | null }) => (
  <p role="alert" className="text-alarm text-sm empty:hidden">
    {text}
  </p>
);

/** One at a time; what it gives is what went wrong. */
function useAttempt() {
  const t = useTranslations("signIn");
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const attempt = async (act: () => Promise<string | null>): Promise<void> => {
    setBusy(true);
    setProblem(null);
    const failed = await act().catch(() => t("unreachable"));
    setProblem(failed);
    if (failed !== null) setBusy(false);
  };
  return { problem, isBusy, attempt };
}

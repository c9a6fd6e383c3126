import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { forgetSeen } from "#app/pwa/forget-seen.ts";
import { sendAll, waitingOf } from "#app/pwa/outbox.ts";
import { useTRPC } from "#app/trpc.ts";
import { authClient } from "#app/ui/auth-client.ts";
import { Button } from "#app/ui/button.tsx";
import { Chapter } from "#app/ui/chapter.tsx";
import { Field } from "#app/ui/field.tsx";
import { fieldsOf } from "#app/ui/form-fields.ts";
import { NewPassword } from "#app/ui/new-password.tsx";
import { Problem } from "#app/ui/problem.tsx";
import { useTell } from "#app/ui/toaster.tsx";
import type { Person } from "#contracts/people.ts";

/** Whoever sits here next sees nothing of it, and sends nothing in this one's name. False: something waits that cannot be sent. */
async function signOut(personId: string): Promise<boolean> {
  // A browser that keeps nothing has nothing to send.
  await sendAll().catch(() => {});
  if ((await waitingOf(personId).catch(() => [])).length > 0) return false;
  await authClient.signOut();
  await forgetSeen();
  window.location.assign("/sign-in");
  return true;
}

export function Profile({ self }: { self: Person }) {
  const t = useTranslations("people");
  const trpc = useTRPC();
  const tell = useTell();
  const queryClient = useQueryClient();
  const lookAgain = () => queryClient.invalidateQueries({ queryKey: trpc.person.pathKey() });
  const save = useMutation(
    trpc.person.setProfile.mutationOptions({
      onSuccess: () => {
        tell(t("saved"));
        void lookAgain();
      },
    }),
  );
  const { data: session } = authClient.useSession();
  const leave = async () => {
    if (!(await signOut(self.id))) tell(t("stillWaiting"));
  };
  return (
    <Chapter title={t("you")}>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          const { name = "", email = "" } = fieldsOf(event);
          save.mutate({ name, email });
        }}
      >
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t("name")} name="name" defaultValue={self.name} required autoComplete="name" />
          <Field label={t("email")} name="email" type="email" defaultValue={self.email} required autoComplete="email" />
        </div>
        <Problem error={save.error} />
        <div className="flex flex-wrap gap-2">
          <Button type="submit" disabled={save.isPending}>
            {t("save")}
          </Button>
          {session && <Button onClick={() => void leave()}>{t("signOut")}</Button>}
        </div>
      </form>
      <OwnPassword self={self} onSet={lookAgain} />
    </Chapter>
  );
}

function OwnPassword({ self, onSet }: { self: Person; onSet: () => void }) {
  const t = useTranslations("people");
  const trpc = useTRPC();
  const tell = useTell();
  const set = useMutation(
    trpc.person.setOwnPassword.mutationOptions({
      onSuccess: () => {
        tell(t("passwordSet"));
        onSet();
      },
    }),
  );
  return (
    <form
      className="grid gap-4 border-line border-t pt-6"
      onSubmit={(event) => {
        const form = event.currentTarget;
        const { current, password = "" } = fieldsOf(event);
        set.mutate({ current, password }, { onSuccess: () => form.reset() });
      }}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        {self.hasPassword && (
          <Field label={t("current")} name="current" type="password" autoComplete="current-password" />
        )}
        <NewPassword label={t(self.hasPassword ? "next" : "password")} note={t("passwordNote")} />
      </div>
      <Problem error={set.error} />
      <div>
        <Button type="submit" disabled={set.isPending}>
          {t("setPassword")}
        </Button>
      </div>
    </form>
  );
}

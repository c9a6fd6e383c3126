import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import { Button } from "#app/ui/button.tsx";
import { Chapter } from "#app/ui/chapter.tsx";
import { Confirm } from "#app/ui/confirm.tsx";
import { Field } from "#app/ui/field.tsx";
import { Folded } from "#app/ui/folded.tsx";
import { fieldsOf } from "#app/ui/form-fields.ts";
import { NewPassword } from "#app/ui/new-password.tsx";
import { Problem } from "#app/ui/problem.tsx";
import { useTell } from "#app/ui/toaster.tsx";
import { useLookAgain } from "#app/ui/use-look-again.ts";
import type { Person } from "#contracts/people.ts";
import { ROLES } from "#contracts/terms.ts";

const GIVEN = ROLES.filter((role) => role !== "visitor");
type Given = (typeof GIVEN)[number];

/** Everybody who may come in, for admins: who let them in, and may take them out again. */
export function Others({ self }: { self: Person }) {
  const t = useTranslations("people");
  const trpc = useTRPC();
  const people = useQuery(trpc.person.list.queryOptions());
  return (
    <Chapter title={t("others")}>
      <ul className="grid gap-2">
        {people.data?.map((person) => (
          <PersonRow key={person.id} person={person} isSelf={person.id === self.id} />
        ))}
      </ul>
      <Problem error={people.error} />
      <NewPerson />
    </Chapter>
  );
}

function useAfterwards() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const lookAgain = useLookAgain();
  return async () => {
    await queryClient.invalidateQueries({ queryKey: trpc.person.pathKey() });
    await lookAgain();
  };
}

function PersonRow({ person, isSelf }: { person: Person; isSelf: boolean }) {
  const t = useTranslations("people");
  const trpc = useTRPC();
  const [isAsking, setAsking] = useState(false);
  const onSettled = useAfterwards();
  const setRole = useMutation(trpc.person.setRole.mutationOptions({ onSettled }));
  const remove = useMutation(trpc.person.remove.mutationOptions({ onSettled }));
  const { id, name, email, role, isOwner } = person;
  const isFixed = isOwner || isSelf;
  return (
    <li className="grid gap-3 rounded-lg border border-line px-4 py-3 text-sm" aria-label={name}>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <span className="grid min-w-0 flex-1">
          <span className="break-words">{name}</span>
          <span className="break-words text-muted">{email}</span>
        </span>
        {isFixed ? (
          <span className="text-muted">{t(isOwner ? "owner" : `roles.${role}`)}</span>
        ) : (
          <>
            <RoleSelect value={role as Given} onChange={(chosen) => setRole.mutate({ id, role: chosen })} />
            <Button onClick={() => setAsking(true)}>{t("remove")}</Button>
          </>
        )}
      </div>
      {isAsking && (
        <Confirm
          legend={t("remove")}
          note={t("removeNote", { name })}
          act={t("removeForGood")}
          keep={t("keep")}
          isPending={remove.isPending}
          onAct={() => remove.mutate(id)}
          onKeep={() => setAsking(false)}
        />
      )}
      {!isFixed && <Reset person={person} />}
      <Problem error={setRole.error ?? remove.error} />
    </li>
  );
}

const RoleSelect = ({ value, onChange }: { value: Given; onChange: (role: Given) => void }) => {
  const t = useTranslations("people");
  return (
    <select
      aria-label={t("role")}
      className="field w-auto"
      value={value}
      onChange={({ target }) => onChange(target.value as Given)}
    >
      {GIVEN.map((role) => (
        <option key={role} value={role}>
          {t(`roles.${role}`)}
        </option>
      ))}
    </select>
  );
};

/** Who has forgotten theirs is given another. */
function Reset({ person: { id, name } }: { person: Person }) {
  const t = useTranslations("people");
  const trpc = useTRPC();
  const tell = useTell();
  const set = useMutation(trpc.person.setPassword.mutationOptions({ onSuccess: () => tell(t("resetDone", { name })) }));
  return (
    <Folded title={t("reset")}>
      <form
        className="grid gap-3 p-3"
        onSubmit={(event) => {
          const form = event.currentTarget;
          const { password = "" } = fieldsOf(event);
          set.mutate({ id, password }, { onSuccess: () => form.reset() });
        }}
      >
        <NewPassword label={t("next")} />
        <Problem error={set.error} />
        <div>
          <Button type="submit" disabled={set.isPending}>
            {t("setPassword")}
          </Button>
        </div>
      </form>
    </Folded>
  );
}

function NewPerson() {
  const t = useTranslations("people");
  const trpc = useTRPC();
  const tell = useTell();
  const [role, setRole] = useState<Given>("member");
  const onSettled = useAfterwards();
  const create = useMutation(
    trpc.person.create.mutationOptions({ onSettled, onSuccess: ({ name }) => tell(t("added", { name })) }),
  );
  return (
    <Folded title={t("add")}>
      <form
        className="grid gap-4 p-3"
        onSubmit={(event) => {
          const form = event.currentTarget;
          const { name = "", email = "", password = "" } = fieldsOf(event);
          create.mutate({ name, email, password, role }, { onSuccess: () => form.reset() });
        }}
      >
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t("name")} name="name" required autoComplete="off" />
          <Field label={t("email")} name="email" type="email" required autoComplete="off" />
          <NewPassword label={t("newPassword")} />
          <div className="grid content-start gap-1.5">
            <span className="text-muted text-sm">{t("role")}</span>
            <RoleSelect value={role} onChange={setRole} />
          </div>
        </div>
        <Problem error={create.error} />
        <div>
          <Button type="submit" look="primary" disabled={create.isPending}>
            {t("create")}
          </Button>
        </div>
      </form>
    </Folded>
  );
}

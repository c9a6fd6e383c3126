import { AriaError } from "#contracts/errors.ts";
import {
  type ApiKeyId,
  type ClaimInput,
  type CreateApiKeyInput,
  type CreatePersonInput,
  type OwnPasswordInput,
  type Person,
  PersonId,
  type ProfileInput,
  type Role,
} from "#contracts/people.ts";
import type { Ports } from "#server/ports.ts";

type Deps = Pick<Ports, "people" | "apiKeys" | "tries" | "now" | "newId">;

const missing = (id: string): never => {
  throw new AriaError("NOT_FOUND", { kind: "person", id });
};

/**
 * What can be done with people. What names one throws NOT_FOUND, and gives them as they were; the owner keeps role and place, else
 * CONFLICT.
 */
export function makeKeepPeople({ people, apiKeys, tries, now, newId }: Deps) {
  const ofOthers = async (id: PersonId, change: () => Promise<boolean>): Promise<Person> => {
    const person = (await people.get(id)) ?? missing(id);
    if (person.isOwner) throw new AriaError("CONFLICT", { reason: `${person.name} is the owner, and stays so.` });
    return (await change()) ? person : missing(id);
  };
  /** Null: whoever sits at the machine, who is the owner. */
  const self = async (personId: string | null): Promise<Person> => {
    if (personId === null) return people.owner();
    return (await people.get(PersonId.parse(personId))) ?? missing(personId);
  };
  /** Whoever found a browser that is signed in may not guess until they have it. */
  const proveOwn = async (id: PersonId, password: string): Promise<void> => {
    const retryAfterMs = await tries.ownPassword.take(id);
    if (retryAfterMs !== null) throw new AriaError("BUSY", { retryAfterMs });
    if (!(await people.isPassword(id, password)))
      throw new AriaError("INVALID", { field: "current", reason: "is not your password" });
    await tries.ownPassword.giveBack(id);
  };
  return {
    self,
    list: () => people.list(),
    create: (input: CreatePersonInput) => people.create({ ...input, id: PersonId.parse(newId()) }, now()),
    setRole: (id: PersonId, role: Role) => ofOthers(id, () => people.setRole(id, role, now())),
    setPassword: (id: PersonId, password: string) => ofOthers(id, () => people.setPassword(id, password, now())),
    remove: (id: PersonId) => ofOthers(id, () => people.remove(id, now())),
    /** One's own. */
    async setProfile(personId: string | null, profile: ProfileInput): Promise<void> {
      const { id } = await self(personId);
      if (!(await people.setProfile(id, profile, now()))) missing(id);
    },
    /** Whoever sits at the machine need not know the one before. Throws BUSY where it was guessed at too often. */
    async setOwnPassword(personId: string | null, { current, password }: OwnPasswordInput): Promise<void> {
      const { id } = await self(personId);
      if (personId !== null) await proveOwn(id, current ?? "");
      if (!(await people.setPassword(id, password, now()))) missing(id);
    },
    isClaimed: async () => (await people.owner()).hasPassword,
    /** Makes the owner able to sign in; throws CONFLICT where they are already. */
    async claim({ password, ...profile }: Omit<ClaimInput, "code">): Promise<void> {
      const { id, hasPassword } = await people.owner();
      if (hasPassword) throw new AriaError("CONFLICT", { reason: "She has an owner already, who can sign in." });
      await people.setProfile(id, profile, now());
      await people.setPassword(id, password, now());
    },
    keys: async (personId: string | null) => apiKeys.list((await self(personId)).id),
    createKey: async (personId: string | null, input: CreateApiKeyInput) =>
      apiKeys.create((await self(personId)).id, input, now()),
    async revokeKey(personId: string | null, id: ApiKeyId): Promise<void> {
      if (!(await apiKeys.revoke((await self(personId)).id, id, now())))
        throw new AriaError("NOT_FOUND", { kind: "key", id });
    },
  };
}

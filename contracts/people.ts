/** Whoever may come in, and with what rights. */
import { z } from "zod";
import { PASSWORD_CHARACTERS, ROLES, SCOPES } from "./terms.ts";

/** A visitor sees what was shared; a member uses Aria; an admin looks after her as well. Each may what those before it may. */
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

/** What a program may do with a person's key: look, change, and look after Aria where the person may. */
export const Scope = z.enum(SCOPES);
export type Scope = z.infer<typeof Scope>;

export const PersonId = z.uuid().brand<"PersonId">();
export type PersonId = z.infer<typeof PersonId>;

/** What proxy.ts tells whoever answers of the caller; `until` in ms since 1970. */
export const Pass = z.object({
  personId: z.string().nullable(),
  role: Role,
  scopes: z.array(Scope).nullable(),
  until: z.number(),
});

const MAX_NAME = 60;
const name = z.string().trim().min(1, "must not be empty").max(MAX_NAME, `must be at most ${MAX_NAME} characters`);
const email = z.email("must be an e-mail address").max(254, "must be at most 254 characters").toLowerCase();
const password = z
  .string()
  .min(PASSWORD_CHARACTERS.min, `must be at least ${PASSWORD_CHARACTERS.min} characters`)
  .max(PASSWORD_CHARACTERS.max, `must be at most ${PASSWORD_CHARACTERS.max} characters`);

export const Person = z.object({
  id: PersonId,
  name: z.string(),
  email: z.string(),
  role: Role,
  /** There is one, who is always an admin and cannot be taken out. */
  isOwner: z.boolean(),
  /** Whether they can sign in: the owner has no password until one is set. */
  hasPassword: z.boolean(),
  createdAt: z.date(),
});
export type Person = z.infer<typeof Person>;

const StaffRole = Role.exclude(["visitor"]);

export const CreatePersonInput = z.object({ name, email, password, role: StaffRole.default("member") });
export type CreatePersonInput = z.infer<typeof CreatePersonInput>;

export const SetRoleInput = z.object({ id: PersonId, role: StaffRole });
export const SetPasswordInput = z.object({ id: PersonId, password });

/** One's own: whoever may already be sitting at another's screen has to know the one before. */
export const OwnPasswordInput = z.object({ current: z.string().max(PASSWORD_CHARACTERS.max).optional(), password });
export type OwnPasswordInput = z.infer<typeof OwnPasswordInput>;

/** One's own. */
export const ProfileInput = z.object({ name, email });
export type ProfileInput = z.infer<typeof ProfileInput>;

/** How the owner signs in for the first time, by the code that Aria prints where she is started. */
export const ClaimInput = z.object({ code: z.string().max(64), name, email, password });
export type ClaimInput = z.infer<typeof ClaimInput>;

/** Whether the owner can sign in already. */
export const ClaimReply = z.object({ isClaimed: z.boolean() });

export const ApiKeyId = z.uuid().brand<"ApiKeyId">();
export type ApiKeyId = z.infer<typeof ApiKeyId>;

/** Of a key itself only its hash is kept. */
export const ApiKey = z.object({
  id: ApiKeyId,
  name: z.string(),
  scopes: z.array(Scope),
  createdAt: z.date(),
  lastUsedAt: z.date().nullable(),
});
export type ApiKey = z.infer<typeof ApiKey>;

export const CreateApiKeyInput = z.object({ name, scopes: z.array(Scope).min(1, "must name one at least") });
export type CreateApiKeyInput = z.infer<typeof CreateApiKeyInput>;

/** What an admin did: the procedure that was called, what it was called with, by name, and what exactly that was, in a few words. */
export const AuditEntry = z.object({
  id: z.string(),
  at: z.date(),
  personName: z.string(),
  action: z.string(),
  subject: z.string(),
  detail: z.string(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

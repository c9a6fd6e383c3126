/** Whose rows a repository reads and changes: what is another's is answered as what is not there. */
import { AriaError } from "#contracts/errors.ts";
import type { PersonId } from "#contracts/people.ts";
import { Prisma } from "./generated/client.ts";

/** Null: everybody's, for the studio and for share links. */
export type Owner = PersonId | null;

/** Of tables that say whose a row is. */
export const owned = (owner: Owner) => (owner === null ? {} : { ownerId: owner });

/** Of tables that belong to somebody through their artist. */
export const ofOwnedArtist = (owner: Owner) => (owner === null ? {} : { artist: { ownerId: owner } });

/** The same as a condition; `of`: what the table is called in the statement. */
export const ownedBy = (owner: Owner, of: string): Prisma.Sql =>
  owner === null ? Prisma.sql`true` : Prisma.sql`${Prisma.raw(of)}.owner_id = ${owner}::uuid`;

/** Whoever makes something makes it for somebody. */
export function ownerOf(owner: Owner): PersonId {
  if (owner === null) throw new Error("nobody's repository was asked to make something");
  return owner;
}

/** What was to be made under an id that is somebody else's already. */
export function taken(kind: string): never {
  throw new AriaError("CONFLICT", { reason: `This id is another ${kind}'s already.` });
}

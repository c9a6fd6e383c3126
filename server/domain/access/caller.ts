/** Who asks, and whether they may. */
import type { Role, Scope } from "#contracts/people.ts";
import { ROLES, SCOPES } from "#contracts/terms.ts";

export interface Caller {
  /** Null for a visitor, and for whoever sits at the machine itself, who is the owner. */
  readonly personId: string | null;
  readonly role: Role;
  /** What a key is good for; null where no key was needed. */
  readonly scopes: readonly Scope[] | null;
}

export interface Need {
  readonly role: Role;
  readonly scope: Scope;
}

export const VISITOR: Caller = { personId: null, role: "visitor", scopes: null };

/** At the machine that Aria listens on alone. */
export const AT_HOME: Caller = { personId: null, role: "admin", scopes: null };

/** What is still wanting, the role before the scope; null where nothing is. */
export function wanting({ role, scopes }: Caller, need: Need): Exclude<Role, "visitor"> | Scope | null {
  if (ROLES.indexOf(role) < ROLES.indexOf(need.role)) return need.role as Exclude<Role, "visitor">;
  if (need.role === "visitor" || scopes === null) return null;
  // Whoever may change may look, and whoever may look after Aria may change.
  const reach = Math.max(...scopes.map((scope) => SCOPES.indexOf(scope)));
  return reach < SCOPES.indexOf(need.scope) ? need.scope : null;
}

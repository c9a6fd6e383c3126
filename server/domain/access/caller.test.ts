import { expect, it } from "vitest";
import { AT_HOME, type Caller, VISITOR, wanting } from "./caller.ts";

const keyOf = (role: Caller["role"], ...scopes: NonNullable<Caller["scopes"]>): Caller => ({
  personId: "p",
  role,
  scopes,
});
const member: Caller = { personId: "p", role: "member", scopes: null };

it.each([
  [VISITOR, "visitor", "read", null],
  [VISITOR, "member", "read", "member"],
  [AT_HOME, "admin", "admin", null],
  [member, "member", "write", null],
  [member, "admin", "read", "admin"],
  [keyOf("member", "read"), "member", "read", null],
  [keyOf("member", "read"), "member", "write", "write"],
  [keyOf("member", "write"), "member", "read", null],
  [keyOf("admin", "write"), "admin", "admin", "admin"],
  [keyOf("admin", "read", "admin"), "admin", "admin", null],
  [keyOf("member", "admin"), "admin", "admin", "admin"],
  [keyOf("member"), "member", "read", "read"],
  [keyOf("member"), "visitor", "read", null],
] as const)("%o at what needs %s and %s wants %s", (caller, role, scope, want) => {
  expect(wanting(caller, { role, scope })).toBe(want);
});

import { expect, it } from "vitest";
import { AT_HOME, VISITOR } from "#server/domain/access/caller.ts";
import { readPass, signPass } from "./passes.ts";

const SECRET = "a secret of thirty-two characters";
const now = new Date(1_000_000);

it("tells who was let in, for a minute", () => {
  const caller = { personId: "p", role: "member", scopes: ["read"] } as const;
  const pass = signPass(SECRET, caller, now);
  expect(readPass(SECRET, pass, new Date(now.getTime() + 59_000))).toEqual(caller);
  expect(readPass(SECRET, pass, new Date(now.getTime() + 61_000))).toEqual(VISITOR);
});

it("takes nobody's word for it", () => {
  const pass = signPass(SECRET, AT_HOME, now);
  const [, mark] = pass.split(".");
  const forged = Buffer.from(JSON.stringify({ ...AT_HOME, until: 9e15 })).toString("base64url");
  for (const no of [null, "", "x", ".", `${forged}.${mark}`, `${forged}.`, signPass(`${SECRET}!`, AT_HOME, now)])
    expect(readPass(SECRET, no, now)).toEqual(VISITOR);
});

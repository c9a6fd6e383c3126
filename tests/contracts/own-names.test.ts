import { expect, it } from "vitest";
import { isOwnName } from "#contracts/own-names.ts";

it.each(["localhost", "localhost:3000", "127.0.0.1:4301", "[::1]:3000"])("knows %s for its own", (host) => {
  expect(isOwnName(host)).toBe(true);
});

it.each(["evil.example:3000", "localhost.evil.example", "localhost:99999", "127.0.0.1.nip.io", "", null, undefined])(
  "does not know %s",
  (host) => {
    expect(isOwnName(host)).toBe(false);
  },
);

import { expect, it } from "vitest";
import { askedOrigin } from "./asked-origin.ts";

const PUBLIC_URL = "https://aria.example";

it.each([
  ["the name that was asked for", { host: "studio.lan:8080" }, "http://studio.lan:8080"],
  [
    "what a proxy says of the way there",
    { host: "a.example", "x-forwarded-proto": "https, http" },
    "https://a.example",
  ],
  ["nothing that is no protocol", { host: "a.example", "x-forwarded-proto": "javascript" }, "http://a.example"],
  ["the public address by its name", { host: "aria.example", "x-forwarded-proto": "http" }, PUBLIC_URL],
  ["this machine to whoever asks by it", { host: "[::1]:3000" }, "http://[::1]:3000"],
  ["no path that was put into a name", { host: "a.example/b" }, "http://a.example"],
  ["something where there is no name", {}, "http://localhost"],
  ["something where it is none", { host: "a b" }, "http://localhost"],
])("is %s", (_what, headers, origin) => {
  expect(askedOrigin(new Headers(headers as Record<string, string>), PUBLIC_URL)).toBe(origin);
});

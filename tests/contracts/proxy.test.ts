import { NextRequest } from "next/server";
import { afterEach, expect, it, vi } from "vitest";
import { proxy } from "../../proxy.ts";

afterEach(() => vi.unstubAllEnvs());

const ask = (host: string, path: string) =>
  proxy(new NextRequest(`http://${host}${path}`, { headers: { host } })).status;

it("shows what is measured to this machine alone, by whatever name others come", () => {
  vi.stubEnv("PUBLIC_URL", "https://aria.example");
  for (const host of ["localhost:3000", "127.0.0.1:3000", "[::1]:3000"]) expect(ask(host, "/metrics")).toBe(200);
  expect(ask("aria.example", "/metrics")).toBe(404);
  expect(ask("aria.example", "/oembed")).toBe(200);
  for (const host of ["evil.example", "10.0.0.7:3000", "web:3000"]) expect(ask(host, "/metrics")).toBe(403);
});

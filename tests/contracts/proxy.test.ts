import { NextRequest } from "next/server";
import { beforeEach, expect, it, vi } from "vitest";
import { proxy } from "../../proxy.ts";

beforeEach(() => {
  vi.stubEnv("PUBLIC_URL", "https://aria.example");
  vi.stubEnv("TICKET_SECRET", "a secret of thirty-two characters");
  vi.stubEnv("INFERENCE_URL", "http://127.0.0.1:4301");
  // Nobody here proves anything: no row is looked up.
  vi.stubEnv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing");
  return () => vi.unstubAllEnvs();
});

const ask = async (host: string, path: string, more: Record<string, string> = {}) =>
  (await proxy(new NextRequest(`http://${host}${path}`, { headers: { host, ...more } }))).status;

it("shows what is measured to this machine, and to whoever comes by another name only with a key", async () => {
  for (const host of ["localhost:3000", "127.0.0.1:3000", "[::1]:3000"]) expect(await ask(host, "/metrics")).toBe(200);
  expect(await ask("aria.example", "/metrics")).toBe(401);
  expect(await ask("aria.example", "/oembed")).toBe(200);
  for (const host of ["evil.example", "10.0.0.7:3000", "web:3000"]) expect(await ask(host, "/metrics")).toBe(403);
});

it("takes nobody for the owner whom a proxy says to come from elsewhere", async () => {
  expect(await ask("localhost:3000", "/gallery", { "x-forwarded-for": "::1" })).toBe(200);
  for (const from of ["203.0.113.9", "203.0.113.9, 127.0.0.1", "127.0.0.1, 203.0.113.9", "localhost.evil.example"])
    expect(await ask("localhost:3000", "/gallery", { "x-forwarded-for": from })).toBe(401);
});

it("leads a page's visitor to where one signs in, and back", async () => {
  const headers = { host: "aria.example", accept: "text/html", "x-forwarded-proto": "https" };
  const reply = await proxy(new NextRequest("http://127.0.0.1:3000/gallery?q=sea", { headers }));
  expect(reply.headers.get("location")).toBe("https://aria.example/sign-in?to=%2Fgallery%3Fq%3Dsea");
  // By a proxy that does not say how it was asked.
  const asked = new NextRequest("http://127.0.0.1:3000/", { headers: { host: "aria.example", accept: "text/html" } });
  expect((await proxy(asked)).headers.get("location")).toBe("https://aria.example/sign-in?to=%2F");
});

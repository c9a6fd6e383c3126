/** Whoever a test lets in, and what they show for themselves from elsewhere. */
import { randomUUID } from "node:crypto";
import { type APIRequestContext, expect, type PlaywrightWorkerArgs } from "@playwright/test";

interface Doorway {
  readonly aria: { readonly url: string; readonly publicUrl: string };
  readonly playwright: PlaywrightWorkerArgs["playwright"];
  readonly request: APIRequestContext;
}

interface Guest {
  readonly id: string;
  /** A session's cookie, by her public name. */
  readonly headers: Readonly<Record<string, string>> & { readonly cookie: string };
}

let guests = 0;
/** By her public name and an address of their own (RFC 5737), for visits are counted by it. */
export function fromElsewhere({ publicUrl }: Doorway["aria"]): Record<string, string> {
  const { host, origin } = new URL(publicUrl);
  guests++;
  return { host, origin, "x-forwarded-for": `203.0.113.${guests % 256}` };
}

/** Lets somebody in, who then signs in. */
export async function enter(
  { aria, playwright, request }: Doorway,
  { name, role }: { name: string; role: "member" | "admin" },
): Promise<Guest> {
  const person = { name, email: `${randomUUID()}@example.org`, password: "a password of theirs", role };
  const made = await request.post(`${aria.url}/api/trpc/person.create`, { data: { json: person } });
  expect(made.status()).toBe(200);
  const { id } = (await made.json()).result.data.json;
  const away = fromElsewhere(aria);
  // Apart, for a cookie that came once is sent ever after.
  const apart = await playwright.request.newContext();
  const entered = await apart.post(`${aria.url}/api/auth/sign-in/email`, { data: person, headers: away });
  expect(entered.status()).toBe(200);
  const [cookie = ""] = (entered.headers()["set-cookie"] ?? "").split(";");
  await apart.dispose();
  return { id, headers: { ...away, cookie } };
}

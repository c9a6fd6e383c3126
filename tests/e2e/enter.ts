/** Whoever a test lets in, and what they show for themselves from elsewhere. */
import { randomUUID } from "node:crypto";
import { type APIRequestContext, type CDPSession, expect, type PlaywrightWorkerArgs } from "@playwright/test";

interface Doorway {
  readonly aria: { readonly url: string; readonly publicUrl: string };
  readonly playwright: PlaywrightWorkerArgs["playwright"];
  readonly request: APIRequestContext;
}

let guests = 0;
/** By her public name and an address of their own (RFC 5737), for visits are counted by it. */
export function fromElsewhere({ publicUrl }: Doorway["aria"]) {
  const { host, origin } = new URL(publicUrl);
  guests++;
  return { host, origin, "x-forwarded-for": `203.0.113.${guests % 256}` };
}

/** Lets somebody in, who then signs in: what each of their requests bears. */
export async function enter(
  { aria, playwright, request }: Doorway,
  { name, role }: { name: string; role: "member" | "admin" },
) {
  const person = { name, email: `${randomUUID()}@example.org`, password: "a password of theirs", role };
  const made = await request.post(`${aria.url}/api/trpc/person.create`, { data: { json: person } });
  expect(made.status()).toBe(200);
  const away = fromElsewhere(aria);
  // Apart, for a cookie that came once is sent ever after.
  const apart = await playwright.request.newContext();
  const entered = await apart.post(`${aria.url}/api/auth/sign-in/email`, { data: person, headers: away });
  expect(entered.status()).toBe(200);
  const [cookie = ""] = (entered.headers()["set-cookie"] ?? "").split(";");
  await apart.dispose();
  return { ...away, cookie };
}

/** A device that says yes to every passkey that it is asked to make or to show. */
export async function withPasskeys(session: CDPSession): Promise<void> {
  await session.send("WebAuthn.enable");
  const options = {
    protocol: "ctap2",
    transport: "internal",
    hasResidentKey: true,
    hasUserVerification: true,
  } as const;
  await session.send("WebAuthn.addVirtualAuthenticator", {
    options: { ...options, isUserVerified: true, automaticPresenceSimulation: true },
  });
}

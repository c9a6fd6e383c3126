import { createHash, timingSafeEqual } from "node:crypto";
import { AriaError } from "#contracts/errors.ts";
import { ClaimInput } from "#contracts/people.ts";
import type { Container } from "#server/container.ts";
import { answer } from "./answer.ts";
import { readJson } from "./read-json.ts";

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/** `POST /sign-in/claim`: makes whoever knows the code the owner who can sign in, once; nobody, where no code was given out. */
export const claim = (
  aria: Pick<Container, "people">,
  { code: given, request }: { code: string | undefined; request: Request },
): Promise<Response> =>
  answer(async () => {
    const { code, ...person } = await readJson(request, ClaimInput);
    if (given === undefined || !timingSafeEqual(digest(code), digest(given)))
      throw new AriaError("INVALID", { field: "code", reason: "is not the one that Aria printed" });
    await aria.people.claim(person);
    return new Response(null, { status: 204 });
  });

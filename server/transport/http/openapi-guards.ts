/** Who may ask what, as `doors.ts` has it, written into an OpenAPI document: what to bring, and what one is told who may not. */
import { PROBLEM_TYPE } from "#contracts/problem.ts";
import type { Need } from "#server/domain/access/caller.ts";
import { needAt } from "./doors.ts";

export type Json = Readonly<Record<string, unknown>>;

export interface Reply {
  readonly description: string;
  readonly headers?: Json;
  readonly content?: Readonly<Record<string, { readonly schema?: Json }>>;
}

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters?: readonly Json[];
  readonly requestBody?: Json;
  readonly responses: Readonly<Record<number, Reply>>;
}

export type Paths = Readonly<Record<string, { readonly get?: Operation; readonly post?: Operation }>>;

export const SECURITY_SCHEMES = {
  key: {
    type: "http",
    scheme: "bearer",
    description:
      "A key, `aria_...`, as a person makes it on the page of people: to look, to look and change, or for everything.",
  },
  session: {
    type: "apiKey",
    in: "cookie",
    name: "aria.session_token",
    description:
      "Of a browser that somebody signed in with; `__Secure-aria.session_token` where Aria is reached by https.",
  },
} as const;

const PROBLEM = { schema: { $ref: "#/components/schemas/Problem" } };
/** To whoever asks for a page. */
const SENTENCE = { schema: { type: "string" } };

const UNKNOWN: Reply = {
  description: "Nobody has signed in, and no key was sent that holds; or the address is none that is open to visitors.",
  content: { [PROBLEM_TYPE]: PROBLEM },
};
const FORBIDDEN: Reply = {
  description: "It is not the caller's to do; or a page of another origin asks, or Aria does not answer to the name.",
  content: { [PROBLEM_TYPE]: PROBLEM, "text/plain": SENTENCE },
};
const TOO_OFTEN: Reply = {
  description: "Too much at once, or too often.",
  headers: { "Retry-After": { schema: { type: "integer", minimum: 0 }, description: "Seconds." } },
  content: { [PROBLEM_TYPE]: PROBLEM },
};

/** What stands for a part of an address where it fits its door. */
const FITTING: Readonly<Record<string, string>> = {
  sha: "0".repeat(64),
  slug: "-".repeat(22),
  id: "00000000-0000-4000-8000-000000000000",
  thumb: "320.webp",
};

/** With what each door wants, and how it refuses. */
export const guarded = (paths: Paths): Paths =>
  Object.fromEntries(
    Object.entries(paths).map(([path, { get, post }]) => [
      path,
      { ...(get && { get: guardedOne(path, "GET", get) }), ...(post && { post: guardedOne(path, "POST", post) }) },
    ]),
  );

function guardedOne(path: string, method: string, operation: Operation): Operation & { readonly security: object } {
  const need = needAt(
    method,
    path.replace(/\{(\w+)\}/g, (_, name: string) => FITTING[name] ?? name),
  );
  // An address that does not fit is an admin's, as whatever nobody classified.
  const mayBeUnknown = need.role !== "visitor" || path.includes("{");
  const refusals = { ...(mayBeUnknown && { 401: UNKNOWN }), 403: FORBIDDEN, 429: TOO_OFTEN };
  return { ...operation, security: securityFor(need), responses: merged(operation.responses, refusals) };
}

/** Any one of them is enough; `{}` is nothing, which does at the machine that Aria listens on alone. */
const securityFor = ({ role, scope }: Need): readonly Json[] =>
  role === "visitor" ? [] : [{ key: [role, scope] }, { session: [role] }, {}];

/** A door that answers with such a status itself may do so in a form of its own. */
function merged(own: Operation["responses"], refusals: Operation["responses"]): Operation["responses"] {
  const all = { ...own, ...refusals };
  for (const [status, refusal] of Object.entries(refusals)) {
    const reply = own[Number(status)];
    if (reply) all[Number(status)] = { ...refusal, ...reply, content: { ...reply.content, ...refusal.content } };
  }
  return all;
}

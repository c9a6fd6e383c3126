import type { Scope } from "#contracts/people.ts";
import { type Caller, wanting } from "#server/domain/access/caller.ts";
import { turnedAway } from "./answer.ts";
import { needAt } from "./doors.ts";
import { isForeignOrigin } from "./is-foreign.ts";
import { tooOften } from "./refusal.ts";

export interface Asked {
  readonly method: string;
  /** As a URL has it: without dots, and nothing behind it. */
  readonly pathname: string;
  /** With `x-forwarded-for`: where it came from, as `addressOf` found it. */
  readonly headers: Headers;
}

export interface Weighed {
  readonly headers: Headers;
  /** How many are asked for at once. */
  readonly calls: number;
}

/** `wants`: the right that the caller lacks for what is asked; null: they have it. */
export type LetIn =
  | { readonly refused: Response }
  | { readonly caller: Caller; readonly wants: ReturnType<typeof wanting> };

interface Deps {
  /** Null where Aria does not answer to the name that was asked for. */
  readonly callerOf: (headers: Headers) => Promise<Caller | null>;
  /** Milliseconds until whoever asks so often may ask again; null where they may now. */
  readonly waitFor: (caller: Caller, scope: Scope, asked: Weighed) => Promise<number | null>;
}

/**
 * Whoever sits at the machine that Aria listens on alone may do everything; anyone else signs in, or sees what was shared.
 * Asked by proxy.ts and by the front, so of every request once.
 */
export function makeLetIn({ callerOf, waitFor }: Deps) {
  return async function letIn(asked: Asked): Promise<LetIn> {
    const { method, pathname, headers } = asked;
    if (isFromElsewhere(asked)) return { refused: turnedAway("FOREIGN", headers) };
    const caller = await callerOf(headers);
    if (!caller) return { refused: turnedAway("UNKNOWN_NAME", headers) };
    const need = needAt(method, pathname);
    const waitMs = await waitFor(caller, isCall(asked) ? "write" : need.scope, { headers, calls: callsIn(asked) });
    return waitMs === null ? { caller, wants: wanting(caller, need) } : { refused: tooOften(waitMs) };
  };
}

/** A batch is by commas, as they are or escaped. */
const callsIn = ({ pathname }: Asked): number =>
  pathname.startsWith("/api/trpc/") ? pathname.split(/,|%2c/i).length : 1;

/** tRPC's own: each procedure asks for what it needs, but a mutation is a POST. */
const isCall = ({ method, pathname }: Asked): boolean => method === "POST" && pathname.startsWith("/api/trpc/");

/** A browser says which page a request comes from; a page elsewhere may look at what is shared, and do nothing. */
const isFromElsewhere = ({ method, pathname, headers }: Asked): boolean =>
  (!/^(GET|HEAD)$/.test(method) || pathname.startsWith("/socket.io")) && isForeignOrigin(headers);

/** Which variant of a flag a subject is given: by a rule, else by chance that is always the same for the same subject. */
import { FLAGS, type FlagName, variantsOf } from "#contracts/flag-names.ts";
import type { FlagSettings } from "#contracts/flags.ts";
import type { Role } from "#contracts/people.ts";

/** Who or what it is chosen for. */
export interface FlagContext {
  readonly subject: string;
  /** Of whoever asks; absent where nobody does. */
  readonly role?: Role | undefined;
  readonly personId?: string | undefined;
}

export interface Chosen {
  readonly variant: string;
  /** In OpenFeature's words: off, by a rule, by chance, or one for all. */
  readonly reason: "DISABLED" | "TARGETING_MATCH" | "SPLIT" | "STATIC";
  /** The chance it had of this variant, 0..1. */
  readonly share: number;
}

/**
 * The usual variant takes what the others leave: whoever was given another keeps it while the first share grows, as a canary's
 * does, and goes back to what is usual first when it shrinks.
 */
export function chooseVariant(flag: FlagName, { isOn, rules, shares }: FlagSettings, context: FlagContext): Chosen {
  const { usual } = FLAGS[flag];
  if (!isOn) return { variant: usual, reason: "DISABLED", share: 1 };
  const rule = rules.find((one) =>
    "role" in one ? one.role === context.role : one.personId === context.personId && context.personId !== undefined,
  );
  if (rule) return { variant: rule.variant, reason: "TARGETING_MATCH", share: 1 };
  const place = 100 * bucketOf(flag, context.subject);
  let from = 0;
  for (const variant of variantsOf(flag).filter((one) => one !== usual)) {
    const share = shares[variant] ?? 0;
    if (place < from + share) return { variant, reason: share === 100 ? "STATIC" : "SPLIT", share: share / 100 };
    from += share;
  }
  return { variant: usual, reason: from === 0 ? "STATIC" : "SPLIT", share: 1 - from / 100 };
}

/** [0, 1), as evenly as subjects are many; of other flags independent. As flagd's `fractional` takes flag and targeting key together. */
export const bucketOf = (flag: string, subject: string): number => murmur3(`${flag}${subject}`) / 2 ** 32;

const rotate = (x: number, by: number): number => (x << by) | (x >>> (32 - by));
const scramble = (k: number): number => Math.imul(rotate(Math.imul(k, 0xcc9e2d51), 15), 0x1b873593);

/** MurmurHash3_x86_32 of a text's UTF-8 (Austin Appleby, public domain: smhasher, MurmurHash3.cpp); unsigned. */
export function murmur3(text: string, seed = 0): number {
  const bytes = new TextEncoder().encode(text);
  const blocks = bytes.length >>> 2;
  let hash = seed;
  for (let i = 0; i < blocks; i++) {
    const at = 4 * i;
    const k = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    hash = (Math.imul(rotate(hash ^ scramble(k), 13), 5) + 0xe6546b64) | 0;
  }
  let tail = 0;
  for (let i = bytes.length - 1; i >= 4 * blocks; i--) tail = (tail << 8) | bytes[i]!;
  hash ^= scramble(tail) ^ bytes.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Chance: uniform in [0, 1). */
export type Rng = () => number;

const SEED_LIMIT = 2 ** 32;

/** Seeds of an order's candidates, fixed when it is placed: a repeated painting gives the very same pictures. */
export const seedsOf = (order: { seed: number; count: number }): number[] =>
  Array.from({ length: order.count }, (_, i) => (order.seed + i) % SEED_LIMIT);

export const randomSeed = (rng: Rng): number => Math.floor(rng() * SEED_LIMIT);

/** Chance that is the same for the same text, in [0, 1): FNV-1a into mulberry32 (Tommy Ettinger, public domain). */
export function chanceFrom(text: string): Rng {
  let state = 0x811c9dc5;
  for (const character of text) state = Math.imul(state ^ character.charCodeAt(0), 0x01000193) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A UUID (version 8 of RFC 9562) that is the same for the same text: what is asked for again under it is the same thing. */
export function uuidFrom(text: string): string {
  const word = (salt: string) =>
    Math.floor(chanceFrom(`${salt}${text}`)() * 2 ** 32)
      .toString(16)
      .padStart(8, "0");
  const hex = ["a", "b", "c", "d"].map(word).join("");
  const variant = ((Number.parseInt(hex[16]!, 16) & 3) | 8).toString(16);
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, variant + hex.slice(17, 20), hex.slice(20)].join(
    "-",
  );
}

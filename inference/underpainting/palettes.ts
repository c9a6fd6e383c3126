/** The nineteen palettes the built-in painter was taught, as roles in a picture, and what the time of day does to them. */
export type Rgb = readonly [number, number, number];
const ROLES = ["skyTop", "skyLow", "light", "far", "mid", "near", "accent"] as const;
type Role = (typeof ROLES)[number];
export type Roles = Readonly<Record<Role, Rgb>>;

/** In the order of ROLES; training/ paints from the same table. */
const PALETTES: Readonly<Record<string, string>> = {
  serene: "bcd9ee fde4dc fff6d8 c9c6e4 a4b8d6 7f9bb8 f4b6c2",
  melancholy: "0b1a33 35557f cfdcec 2c4770 1a3156 0a1530 6f93c0",
  redgold: "7a0f1b f08a24 ffe08a a6201f 6b0f1e 2b0711 ffc13b",
  neon: "12022f ff2fb3 fff04a 5b1bff 00e5ff 160033 39ff6a",
  earth: "c9cdb2 efe0bf fff3d3 a5a06e 9a5a34 43321e c8682f",
  rainbow: "5b2bd6 2f8cff fff27a ff4d6d ff9f1c 1e9e5a e84fd0",
  emerald: "cfe8d5 eef7df fffbe0 8fc0a0 4f9470 173f35 e3c45b",
  mono: "d4d4d1 f7f7f4 ffffff b0b0ae 6f6f6e 161618 3a3a3c",
  sunset: "2f2a5a ff9a56 fff0b3 b45a6b 6f3560 2a1638 ff5e5b",
  tealorange: "0f4c5c f5a65b ffe8c2 3c7d84 1f5a63 0b2a33 e36414",
  lavender: "4d3b7a d9a7c7 fff0e5 8a76b5 5f4b91 2a2148 f2c14e",
  icy: "d5e9f5 f4fbff ffffff b0d0e5 7fb0d0 35648c 9fe3ea",
  sepia: "d8b98c f0dcb4 fff4d6 b08a5c 7d5a38 3c2716 9c4f2e",
  candy: "9fe0d0 ffd6e5 fffbe8 ff9ec0 7fd0c0 6b5aa0 ff6f91",
  ember: "14161b 3f3a42 ff8a3c 2e2c34 1f1d24 0a0a0d e2512d",
  tropic: "1aa6c4 bdf0e6 fff6cf 39b7a5 149087 0b4f5c ff7e5f",
  autumn: "f3d9a8 fbead0 fff3c8 d98e4a b3502a 4a2318 e0a21b",
  midnight: "070b24 27366e e6ebff 1e2858 131b45 050818 8fa2e8",
  natural: "5aa0dc d3e8f2 fff5d0 8fa9b8 5f8a52 2f4f34 d9534f",
};
const FALLBACK = "natural";

const fromHex = (hex: string): Rgb => [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255) as never;
const each = (f: (channel: 0 | 1 | 2) => number): Rgb => [f(0), f(1), f(2)];

/** t = 0 gives a, 1 gives b. */
export const mixRgb = (a: Rgb, b: Rgb, t: number): Rgb => [
  a[0] + (b[0] - a[0]) * t,
  a[1] + (b[1] - a[1]) * t,
  a[2] + (b[2] - a[2]) * t,
];
export const WHITE: Rgb = [1, 1, 1];

interface Light {
  /** Where each role goes. */
  readonly toward?: (roles: Roles, i: number) => Rgb;
  /** How far it goes there, or, without a colour, what its brightness is multiplied by. */
  readonly weights: readonly number[];
}
const WARMTH = [0.35, 0.9, 0.5, 0.4, 0.3, 0.25, 0.25];
const NIGHT = [0.3, 0.45, 1.05, 0.42, 0.38, 0.35, 0.7];
/** Peach at the horizon, periwinkle above, cool below. */
const DAWN = "8ea4dc ffb59c fff0d2 c7a3c6 7a7aa8 3c4472 ea909c".split(" ").map(fromHex);
/** What the top of a sky is multiplied by, on its way to violet. */
const SUNSET_ABOVE = fromHex("9a6fb0").map((value) => 1 - 0.6 * (1 - value));
/** Palettes of one hue, from its darkest tone to its lightest, and how much of any other colour goes. */
const TONED: Readonly<Record<string, readonly [Rgb, Rgb]>> = {
  mono: [fromHex("000000"), fromHex("ffffff")],
  sepia: [fromHex("24140a"), fromHex("fff1d2")],
};
const TONING = 0.92;
const LIGHTS: Readonly<Record<string, Light>> = {
  sunset: { toward: () => fromHex("ff8a4a"), weights: WARMTH.map((w) => w * 0.62) },
  dawn: { toward: (_, i) => DAWN[i]!, weights: [0.5, 0.75, 0.5, 0.6, 0.5, 0.5, 0.35] },
  night: { weights: NIGHT },
  /** Where the moon or the northern lights are the subject. */
  moonlight: { weights: NIGHT.map((w) => 1 - 0.6 * (1 - w)) },
  fog: { toward: haze, weights: [0.5, 0.4, 0.15, 0.55, 0.45, 0.15, 0.25] },
};

/** What far things fade into. */
export function haze({ skyLow, light }: Pick<Roles, "skyLow" | "light">): Rgb {
  return mixRgb(skyLow, light, 0.5);
}

/** Without its colour (ITU-R BT.601's weights, rounded as in training/). */
export const luminance = (color: Rgb): number => 0.3 * color[0] + 0.59 * color[1] + 0.11 * color[2];

/** Roles of a palette under a light; each picture's own by a few per cent, drawn from `random` in [0, 1). */
export function rolesOf(palette: string, time: string, random: () => number): Roles {
  const hexes = (PALETTES[palette] ?? PALETTES[FALLBACK] ?? "").split(" ");
  const cast = each(() => 1 + 0.16 * (random() - 0.5));
  const own = byRole((_role, i) => {
    const color = fromHex(hexes[i] ?? "808080");
    return each((c) => Math.min(color[c] * cast[c], 1));
  });
  const tones = TONED[palette];
  const lit = lightUp(own, tones && (time === "sunset" || time === "dawn") ? "" : time);
  if (!tones) return lit;
  return byRole((role) => mixRgb(lit[role], mixRgb(...tones, luminance(lit[role])), TONING));
}

function lightUp(own: Roles, time: string): Roles {
  const light = LIGHTS[time];
  if (!light) return own;
  const lit = byRole((role, i) => {
    const w = light.weights[i] ?? 0;
    return light.toward ? mixRgb(own[role], light.toward(own, i), w) : each((c) => Math.min(own[role][c] * w, 1));
  });
  if (time !== "sunset") return lit;
  return { ...lit, skyTop: each((c) => lit.skyTop[c] * (SUNSET_ABOVE[c] ?? 1)) };
}

const byRole = (color: (role: Role, i: number) => Rgb): Roles =>
  Object.fromEntries(ROLES.map((role, i) => [role, color(role, i)])) as Roles;

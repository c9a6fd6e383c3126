import { expect, it } from "vitest";
import { hear, keyOf, type Sound } from "./mood-of-music.ts";

/** Energy on some pitch classes, from C. */
const chroma = (...on: number[]) => Array.from({ length: 12 }, (_, i) => (on.includes(i) ? 1 : 0.05));
const sound: Sound = { tempoBpm: 120, loudnessDb: -18, brightnessHz: 2_000, density: 0.1, chroma: chroma(0, 4, 7) };

it("knows the key of a scale and of a chord, wherever it begins", () => {
  expect(keyOf(chroma(0, 4, 7))).toMatchObject({ tonic: "C", mode: "major" });
  expect(keyOf(chroma(9, 0, 4))).toMatchObject({ tonic: "A", mode: "minor" });
  expect(keyOf(chroma(7, 11, 2, 9, 4))).toMatchObject({ tonic: "G", mode: "major" });
  for (let at = 0; at < 12; at++) {
    const turned = chroma(...[0, 4, 7].map((pitch) => (pitch + at) % 12));
    expect(keyOf(turned).fit).toBeCloseTo(keyOf(chroma(0, 4, 7)).fit);
  }
});

it("tells quiet music in minor from loud music in major", () => {
  const sad = hear({
    ...sound,
    tempoBpm: 60,
    loudnessDb: -32,
    brightnessHz: 700,
    density: 0.03,
    chroma: chroma(9, 0, 4),
  });
  expect(sad).toMatchObject({ mood: "melancholic", palette: "melancholic deep blues", motion: "calm" });
  const glad = hear({ ...sound, tempoBpm: 150, loudnessDb: -9, brightnessHz: 3_500, density: 0.25 });
  expect(glad).toMatchObject({ mood: "energized", motion: "restless" });
  expect(glad.energy).toBeGreaterThan(sad.energy);
  expect(glad.valence).toBeGreaterThan(sad.valence);
});

it("goes without a beat where there is none, and stays within bounds whatever it hears", () => {
  const noise = hear({ tempoBpm: null, loudnessDb: 0, brightnessHz: 20_000, density: 1, chroma: Array(12).fill(1) });
  expect(noise.key.fit).toBe(0);
  for (const value of [noise.energy, noise.valence]) {
    expect(value).toBeGreaterThanOrEqual(0);
    expect(value).toBeLessThanOrEqual(1);
  }
});

/** What she says to whoever tries to move her: it depends on how she felt, and on how she feels then. */
import type { Influence, Mood } from "#contracts/moods.ts";
import type { Feeling } from "#server/domain/mood/live.ts";

const WILLING: Readonly<Record<Influence, string>> = {
  energize: "Yes. Give me the big brush.",
  calm: "Good. Let it be quiet for a while.",
  provoke: "Careful what you wake.",
  inspire: "There: do you see it too?",
};
const UNWILLING: Readonly<Record<Influence, string>> = {
  energize: "You pull the curtains open before I am done with the dark. Very well.",
  calm: "I was in the middle of something. But I can hear myself breathe now.",
  provoke: "I had made my peace, you know. It is gone.",
  inspire: "I did not want to look up. Now I cannot look away.",
};
const ALREADY: Readonly<Record<Influence, string>> = {
  energize: "I was burning before you came. Now stand back.",
  calm: "You bring water to a lake. Thank you all the same.",
  provoke: "You are late: I was there already.",
  inspire: "I had the idea in my hand. You have made it heavier.",
};
const OPPOSED: Readonly<Record<Influence, readonly Mood[]>> = {
  energize: ["melancholic", "contemplative", "introspective", "serene"],
  calm: ["chaotic", "rebellious", "restless", "energized", "bold"],
  provoke: ["serene", "contemplative", "playful"],
  inspire: ["melancholic", "introspective", "restless"],
};

export function answerTo(by: Influence, before: Feeling, after: Feeling): string {
  const said = before.mood === after.mood ? ALREADY : OPPOSED[by].includes(before.mood) ? UNWILLING : WILLING;
  const tired = after.energy < 0.25 ? " I am tired, though." : "";
  return `${said[by]}${tired} I feel ${after.mood}.`;
}

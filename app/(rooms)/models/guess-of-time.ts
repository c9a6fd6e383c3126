const [MINUTE, HOUR] = [60, 3_600];

interface Guess {
  readonly unit: "moment" | "seconds" | "minutes" | "hours";
  readonly count: number;
}

/** 0.4 is a moment, 95 are 2 minutes, 5_000 are 83 and 5_400 are 1.5 hours: as exact as a guess may be. */
export function guessOfTime(seconds: number): Guess {
  if (seconds < 5) return { unit: "moment", count: 1 };
  if (seconds < 1.5 * MINUTE) return { unit: "seconds", count: Math.round(seconds) };
  if (seconds < 1.5 * HOUR) return { unit: "minutes", count: Math.round(seconds / MINUTE) };
  return { unit: "hours", count: seconds / HOUR };
}

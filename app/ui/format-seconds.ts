const [MINUTE, HOUR] = [60, 3_600];

/** 0.4 is "a moment", 95 "about 2 minutes", 5_000 "about 1.4 hours": as exact as a guess may be. */
export function formatSeconds(seconds: number): string {
  if (seconds < 5) return "a moment";
  if (seconds < 1.5 * MINUTE) return `about ${Math.round(seconds)} seconds`;
  if (seconds < 1.5 * HOUR) return `about ${Math.round(seconds / MINUTE)} minutes`;
  return `about ${(seconds / HOUR).toFixed(1)} hours`;
}

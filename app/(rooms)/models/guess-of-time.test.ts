import { expect, it } from "vitest";
import { guessOfTime } from "./guess-of-time.ts";

it.each([
  [0.4, { unit: "moment", count: 1 }],
  [31.4, { unit: "seconds", count: 31 }],
  [95, { unit: "minutes", count: 2 }],
  [5_399, { unit: "minutes", count: 90 }],
  [5_400, { unit: "hours", count: 1.5 }],
])("%d seconds are told as %j", (seconds, guess) => expect(guessOfTime(seconds)).toEqual(guess));

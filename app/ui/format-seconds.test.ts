import { expect, it } from "vitest";
import { formatSeconds } from "./format-seconds.ts";

it.each([
  [0.4, "a moment"],
  [31.4, "about 31 seconds"],
  [95, "about 2 minutes"],
  [5_399, "about 90 minutes"],
  [5_400, "about 1.5 hours"],
])("%d seconds are %s", (seconds, said) => expect(formatSeconds(seconds)).toBe(said));

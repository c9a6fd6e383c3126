import { expect, it } from "vitest";
import { formatBytes } from "./format-bytes.ts";

it.each([
  [0, "0 kB"],
  [29_560, "30 kB"],
  [999_999, "1000 kB"],
  [1_138_953, "1.1 MB"],
  [45_100_000, "45 MB"],
  [4_270_000_000, "4.3 GB"],
  [13_900_000_000_000, "13900 GB"],
])("%d bytes are %s", (bytes, said) => expect(formatBytes(bytes)).toBe(said));

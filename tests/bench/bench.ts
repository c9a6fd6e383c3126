/** `npm run bench -- NAME`: measures, and asserts nothing. One JSON line a figure: {"figure","value","unit"}. */
import { backup } from "./backup.ts";
import { cache } from "./cache.ts";
import { critics } from "./critics.ts";
import { engine } from "./engine.ts";
import { firstPainting } from "./first-painting.ts";
import { gallery } from "./gallery.ts";
import { learning } from "./learning.ts";
import { operations } from "./operations.ts";
import { painter } from "./painter.ts";
import { preview } from "./preview.ts";
import { safety } from "./safety.ts";
import { scale } from "./scale.ts";
import { stall } from "./stall.ts";
import { swaps } from "./swaps.ts";
import { wall } from "./wall.ts";

const BENCHES: Readonly<Record<string, (more: readonly string[]) => Promise<void>>> = {
  "first-painting": firstPainting,
  stall,
  preview,
  gallery,
  wall,
  operations,
  painter,
  swaps,
  engine,
  learning,
  critics,
  backup,
  safety,
  cache,
  scale,
};

const bench = BENCHES[process.argv[2] ?? ""];
if (!bench) {
  console.error(`usage: npm run bench -- ${Object.keys(BENCHES).join("|")}`);
  process.exit(2);
}
await bench(process.argv.slice(3));
process.exit(0);

/** From starting the process to a kept artwork, with everything built; then warm ones, native size and 512x512. */
import { freePort, startAria, temporaryDataDir } from "#tests/aria-process.ts";
import { median, report, timedMs } from "./figures.ts";
import { orderArtwork } from "./order-artwork.ts";

const WARM_RUNS = 5;

export async function firstPainting(): Promise<void> {
  const { dir, remove } = temporaryDataDir();
  const port = await freePort();
  // Once before: what is measured is a start, not a build or the making of a database.
  await (await startAria(dir, port)).stop();
  const startedAt = performance.now();
  const aria = await startAria(dir, port);
  report("process start to ready", (performance.now() - startedAt) / 1000, "s");
  const paint = (size?: string) => orderArtwork(aria, { prompt: "a lighthouse in a storm, oil painting", n: 1, size });
  await paint();
  report("process start to first artwork", (performance.now() - startedAt) / 1000, "s");
  for (const size of [undefined, "512x512"]) {
    const times: number[] = [];
    for (let run = 0; run < WARM_RUNS; run++) times.push(await timedMs(() => paint(size)));
    report(`warm artwork, ${size ?? "native size"}, median of ${WARM_RUNS}`, median(times) / 1000, "s");
    report(`warm artwork, ${size ?? "native size"}, slowest of ${WARM_RUNS}`, Math.max(...times) / 1000, "s");
  }
  await aria.stop();
  remove();
}

/** How long web and inference leave a caller waiting while a painting uses every core. */
import http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort, startAria, temporaryDataDir } from "#tests/aria-process.ts";
import { findProgram } from "#tests/aria-processes.ts";
import { percentile, report, timedMs } from "./figures.ts";
import { orderArtwork } from "./order-artwork.ts";

const ASK_EVERY_MS = 5;
const WATCH_MS = 15_000;
const agent = new http.Agent({ keepAlive: true });

const ask = (url: string): Promise<void> =>
  new Promise((resolve, reject) => {
    http.get(url, { agent }, (response) => response.resume().on("end", resolve)).on("error", reject);
  });

/** The time from asking to being answered, again and again. */
async function answerTimes(url: string, until: () => boolean): Promise<number[]> {
  const times: number[] = [];
  for (; !until(); await sleep(ASK_EVERY_MS)) times.push(await timedMs(() => ask(url)));
  return times;
}

export async function stall(): Promise<void> {
  const { dir, remove } = temporaryDataDir();
  const aria = await startAria(dir, await freePort());
  const inference = findProgram(dir, "inference")?.env.INFERENCE_URL;
  const doors = { web: `${aria.url}/health/live`, inference: `${inference}/health/live` };
  for (const url of Object.values(doors)) for (let i = 0; i < 50; i++) await ask(url);
  for (const [door, url] of Object.entries(doors)) {
    let isOver = false;
    const painting = (async () => {
      const stopAt = performance.now() + WATCH_MS;
      while (performance.now() < stopAt) await orderArtwork(aria, { prompt: "a lighthouse in a storm", n: 8 });
      isOver = true;
    })();
    const times = await answerTimes(url, () => isOver);
    await painting;
    report(`${door} /health/live while painting, asked`, times.length, "count");
    report(`${door} /health/live while painting, p50`, percentile(times, 50), "ms");
    report(`${door} /health/live while painting, p99`, percentile(times, 99), "ms");
    report(`${door} /health/live while painting, longest gap`, Math.max(...times), "ms");
  }
  await aria.stop();
  remove();
}

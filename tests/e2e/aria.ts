/** One Aria for all end-to-end tests of a run; a test may restart her. */
import { type APIRequestContext, test as base, expect, type Page } from "@playwright/test";
import { type AriaProcess, freePort, startAria, temporaryDataDir } from "../aria-process.ts";

interface Aria {
  readonly url: string;
  restart(): Promise<void>;
}

export const test = base.extend<object, { aria: Aria }>({
  aria: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern
    async ({}, use) => {
      const port = await freePort();
      const { dir, remove } = temporaryDataDir();
      let running: AriaProcess = await startAria(dir, port);
      const restart = async () => {
        await running.stop();
        running = await startAria(dir, port);
      };
      await use({ url: running.url, restart });
      await running.stop();
      remove();
    },
    { scope: "worker", timeout: 240_000 },
  ],
});

export { expect };

export async function order(page: Page, prompt: string): Promise<void> {
  await page.getByLabel("What shall she paint?").fill(prompt);
  await page.keyboard.press("Control+Enter");
}

export const untilKept = (page: Page): Promise<void> =>
  expect(page.getByTestId("kept")).toBeVisible({ timeout: 60_000 });

/** One artwork of its own for a test, through the REST door. */
export async function paint(request: APIRequestContext, url: string, prompt: string): Promise<void> {
  const reply = await request.post(`${url}/v1/images/generations`, { data: { prompt, n: 1 } });
  expect(reply.status()).toBe(200);
}

import type { APIRequestContext } from "@playwright/test";
import { expect, test } from "./aria.ts";

const SMALL = { widthPx: 128, heightPx: 128, steps: 4, count: 1 };

/** Until it is kept; gives the prompt that was painted. */
async function paintSmall(request: APIRequestContext, url: string, prompt: string): Promise<string> {
  const call = async (reply: Promise<{ json(): Promise<{ result: { data: { json: Order } } }> }>) =>
    (await (await reply).json()).result.data.json;
  const { id } = await call(request.post(`${url}/api/trpc/order.place`, { data: { json: { prompt, ...SMALL } } }));
  const input = encodeURIComponent(JSON.stringify({ json: id }));
  const read = () => call(request.get(`${url}/api/trpc/order.byId?input=${input}`));
  await expect.poll(async () => (await read()).state, { timeout: 60_000 }).toBe("done");
  return (await read()).prompt;
}

interface Order {
  readonly id: string;
  readonly state: string;
  readonly prompt: string;
}

test("an admin tries a template out on half of the orders, and sees what is known of it", async ({
  aria,
  page,
  request,
}) => {
  await page.goto(`${aria.url}/settings`);
  await page.getByRole("link", { name: "Flags" }).click();
  const flag = page.getByRole("region", { name: "How she words a prompt" });
  await expect(flag.getByText("Nobody was given anything by it yet.")).toBeVisible();
  await flag.getByText("on", { exact: true }).click();
  await flag.getByRole("slider").fill("50");
  await expect(flag.getByText("50 %")).toHaveCount(2);
  await flag.getByRole("button", { name: "Add a line" }).click();
  await flag.getByLabel("Gets").selectOption("with light");
  await flag.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("It holds from now on.")).toBeVisible();

  // Whoever is at home is an admin: the line decides. Without it, chance does.
  const lit = await paintSmall(request, aria.url, "a lone fox on the hills");
  expect(lit).toMatch(/, (at sunset|at dawn|at night|in the fog)$/);
  await page.reload();
  await expect(flag.getByText("1 time: with light")).toBeVisible();
  await flag.getByRole("button", { name: "Remove" }).click();
  await flag.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("It holds from now on.").last()).toBeVisible();
  await paintSmall(request, aria.url, "a quiet lake");
  await page.reload();
  const experiment = flag.getByRole("region", { name: "Which is better?" });
  await expect(experiment.getByText(/Not decided/)).toBeVisible();
  await expect(experiment.getByRole("img")).toBeVisible();
  await expect(experiment.getByText(/Nothing is known yet/)).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  await page.goto(`${aria.url}/people`);
  await expect(page.getByText("changed the flag prompt-template").first()).toBeVisible();
});

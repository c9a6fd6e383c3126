import { expect, paint, test } from "./aria.ts";

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
  await paint(request, aria.url, "a lone fox on the hills");
  const isLit = async () => {
    const list = await request.get(`${aria.url}/api/trpc/order.current`);
    return (await list.json()).result.data.json.prompt as string;
  };
  expect(await isLit()).toMatch(/, (at sunset|at dawn|at night|in the fog)$/);
  await page.reload();
  await expect(flag.getByText("1 time: with light")).toBeVisible();
  await flag.getByRole("button", { name: "Remove" }).click();
  await flag.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("It holds from now on.").last()).toBeVisible();
  await paint(request, aria.url, "a quiet lake");
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

import { expect, order, paint, test, untilKept } from "./aria.ts";

test("left to herself she decides, thinks aloud, and learns from what is thought of it, which a restart does not lose", async ({
  aria,
  page,
}) => {
  await page.goto(aria.url);
  await page.getByRole("button", { name: "Let her decide" }).click();
  await page.waitForURL(/order=/);
  const thoughts = page.getByRole("list", { name: "Her thoughts" });
  await expect(thoughts.getByText("Nobody asked for anything: what comes is mine.")).toBeVisible();
  await expect(thoughts.getByText(/I take Aria's own hand, \d+ steps/)).toBeVisible();
  await untilKept(page);
  await page.getByRole("link", { name: "See the artwork" }).click();
  await page.getByRole("button", { name: "Love" }).click();
  await expect(page.getByRole("button", { name: "Love" })).toHaveAttribute("aria-pressed", "true");

  await page.getByRole("link", { name: "Mind" }).click();
  await page.getByRole("button", { name: "provoke" }).click();
  const answer = page.getByRole("status").filter({ hasText: /“.+ I feel (chaotic|rebellious|restless)\.”/ });
  await expect(answer).toBeVisible();
  await expect(page.getByText("you provoked her").first()).toBeVisible();
  const feels = await page.getByRole("heading", { name: /^She feels / }).textContent();
  const grown = await page.getByText(/^Aria, .* at level/).textContent();
  await aria.restart();
  await page.reload();
  await expect(page.getByRole("heading", { name: feels! })).toBeVisible();
  await expect(page.getByText(grown!)).toBeVisible();

  await page.getByRole("link", { name: "Journal" }).click();
  await expect(page.getByText(/^I painted "/).first()).toBeVisible();
  await page.getByRole("link", { name: "A work", exact: true }).first().click();
  await expect(page.getByRole("button", { name: "Love" })).toHaveAttribute("aria-pressed", "true");
  await page.getByRole("button", { name: "Love" }).click();
  await expect(page.getByRole("button", { name: "Love" })).toHaveAttribute("aria-pressed", "false");
});

test("shows what she would make of a theme, and paints it as it was edited", async ({ aria, page }) => {
  await page.goto(aria.url);
  await page.getByLabel("What shall she paint?").fill("a lone tree");
  await page.getByRole("button", { name: "See what she would make of it" }).click();
  const edited = page.getByLabel(/Painted word for word/);
  await expect(edited).toHaveValue(/^a lone tree, .+/);
  await edited.fill("a lone tree, woodcut, sepia");
  await expect(page.locator("ins").filter({ hasText: ", woodcut, sepia" })).toBeVisible();
  await order(page, "a lone tree");
  await untilKept(page);
  await page.getByRole("link", { name: "See the artwork" }).click();
  const fact = (title: string) => page.getByText(title, { exact: true }).locator("xpath=following-sibling::dd[1]");
  await expect(fact("Prompt")).toHaveText("a lone tree, woodcut, sepia");
  await expect(fact("Asked for")).toHaveText("a lone tree");
});

test("adds nothing to a theme where she may not", async ({ aria, page }) => {
  await page.goto(aria.url);
  await page.getByLabel("What shall she paint?").fill("a lone tree");
  await page.getByLabel(/She may add to it/).uncheck();
  await order(page, "a lone tree");
  await untilKept(page);
  await page.getByRole("link", { name: "See the artwork" }).click();
  await expect(page.getByText("Prompt", { exact: true }).locator("xpath=following-sibling::dd[1]")).toHaveText(
    "a lone tree",
  );
});

test("a duel is decided by one keystroke, and counted", async ({ aria, page, request }) => {
  for (const theme of ["a lone tree, woodcut", "a city at night, neon"]) await paint(request, aria.url, theme);
  await page.goto(`${aria.url}/duels`);
  const standing = page.getByRole("status").first();
  await expect(standing).toContainText("No duels so far.");
  for (const [i, key] of ["ArrowLeft", "ArrowRight"].entries()) {
    await page.keyboard.press(key);
    await expect(standing).toContainText(i === 0 ? "1 duel so far." : "2 duels so far.");
  }
});

test("says when she means to paint unasked, and stops meaning to when she may not", async ({ aria, page }) => {
  await page.goto(`${aria.url}/mind`);
  await expect(page.getByText("Aria paints only when somebody asks.")).toBeVisible();
  await page.getByRole("button", { name: "Let her paint unasked" }).click();
  await expect(page.getByText(/She means to begin her next work on \w+/)).toBeVisible();
  const stored = page.waitForResponse(/mind\.setAutonomy/);
  await page.getByLabel("Works a day, at most").selectOption("12");
  await stored;
  await page.reload();
  await expect(page.getByLabel("Works a day, at most")).toHaveValue("12");
  await page.getByRole("button", { name: "Paint only when asked" }).click();
  await expect(page.getByText("Aria paints only when somebody asks.")).toBeVisible();
});

test("a series comes piece by piece, and a work is remixed and knows where it comes from", async ({ aria, page }) => {
  await page.goto(`${aria.url}/series`);
  await page.getByLabel("Theme").fill("a lone tree");
  await page.getByText("2", { exact: true }).click();
  await page.getByRole("button", { name: "Begin the series" }).click();
  await expect(page.getByText(/2 works in .+; what varies is the light/)).toBeVisible();
  await expect(page.getByRole("img")).toHaveCount(2, { timeout: 60_000 });
  await page.getByRole("main").getByRole("listitem").first().getByRole("link").click();
  await page.getByText("Make something of it").click();
  await page.getByRole("button", { name: "A variation" }).click();
  await untilKept(page);
  await page.getByRole("link", { name: "See the artwork" }).click();
  const lineage = page.getByRole("region", { name: "Lineage" });
  await expect(lineage.getByRole("link")).toHaveCount(2);
  await expect(lineage.locator("[aria-current=page]")).toHaveAttribute("title", /^A variation of: /);
  const child = page.url();
  await lineage.getByRole("link").first().click();
  await page.waitForURL((url) => url.href !== child);
  await expect(page.getByRole("region", { name: "Lineage" }).getByRole("link")).toHaveCount(2);
});

test("another artist has moods and works of their own", async ({ aria, page }) => {
  await page.goto(`${aria.url}/mind`);
  await page.getByText("Another artist").click();
  await page.getByLabel("Name").fill("Bea");
  await page.getByRole("button", { name: "Bring them to life" }).click();
  await expect(page.getByText(/^Bea, Apprentice at level 1, 0 works/)).toBeVisible();
  await page.goto(aria.url);
  await page.getByLabel("Who paints").selectOption("Bea");
  await page.getByText("1", { exact: true }).click();
  await order(page, "a lone tree");
  await untilKept(page);
  await page.goto(`${aria.url}/gallery`);
  await page.getByRole("button", { name: "Filters" }).click();
  await page.getByLabel("Artist").selectOption("Bea");
  await page.waitForURL(/artist=/);
  await expect(page.getByTestId("gallery-tile")).toHaveCount(1);
});

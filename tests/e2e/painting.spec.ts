import { expect, hanging, openFirst, openNewest, order, paint, test, untilKept } from "./aria.ts";

const THEME = "a lighthouse in a storm, oil painting";

test("a theme becomes strokes, candidates and one kept artwork, which a restart does not lose", async ({
  aria,
  page,
}) => {
  await page.goto(`${aria.url}/gallery`);
  const before = await hanging(page);
  await page.getByRole("link", { name: "Studio" }).click();
  await order(page, THEME);
  await expect(page.getByTestId("stroke")).toBeVisible();
  await page.waitForFunction(() => Number(document.querySelector<HTMLElement>("[data-strokes]")?.dataset.strokes) >= 3);
  await expect(page.getByRole("status")).toContainText(/Candidate \d of 3/);
  await untilKept(page);
  await expect(page.getByTestId("candidate")).toHaveCount(3);
  await expect(page.getByTestId("kept")).toHaveCount(1);

  await page.getByRole("link", { name: "Gallery" }).click();
  await expect.poll(() => hanging(page)).toBe(before + 1);
  await aria.restart();
  await page.reload();
  await openFirst(page);
  const title = /^A Lighthouse in a Storm, /;
  await expect(page.getByRole("heading", { name: title })).toBeVisible();
  const picture = page.getByRole("img", { name: title });
  await expect(picture).toBeVisible();
  expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
});

test("the same seed gives the same picture, to the byte", async ({ aria, page, request }) => {
  await paint(request, aria.url, "a lone tree");
  await openNewest(page, aria.url);
  const first = await page.getByRole("link", { name: "Download" }).getAttribute("href");
  await page.getByRole("button", { name: "Paint again" }).click();
  await untilKept(page);
  await page.getByRole("link", { name: "See the artwork" }).click();
  await expect(page.getByRole("link", { name: "Download" })).toHaveAttribute("href", first ?? "");
});

test("she says what she hears in a theme while it is written, and what is new to her", async ({ aria, page }) => {
  await page.goto(aria.url);
  await page.getByLabel("What shall she paint?").fill("my cat on a boat in a storm, Hokusai");
  const heard = "She hears rolling ocean waves, with a sailboat, with clouds, ukiyo-e, melancholic deep blues.";
  await expect(page.getByText(`${heard} New to her: cat.`).first()).toBeVisible();
  await page.getByLabel("What shall she paint?").fill("xyzzy");
  await expect(page.getByText("New to her: xyzzy. The subject she will guess.").first()).toBeVisible();
  await page.getByLabel("What shall she paint?").fill("");
  await expect(page.getByText("New to her")).toHaveCount(0);
});

test("a person's own sketch is painted over, undone strokes apart, and painted again from it", async ({
  aria,
  page,
}) => {
  await page.goto(aria.url);
  await page.getByText("Your own sketch").click();
  const sheet = page.getByTestId("sketch");
  const undo = page.getByRole("button", { name: "Undo" });
  await expect(undo).toBeDisabled();
  await page.getByRole("button", { name: "sea", exact: true }).click();
  await page.getByRole("button", { name: "Fill" }).click();
  const { x, y, width, height } = (await sheet.boundingBox())!;
  await page.getByRole("button", { name: "sun", exact: true }).click();
  await page.mouse.move(x + width * 0.2, y + height * 0.5);
  await page.mouse.down();
  await page.mouse.move(x + width * 0.8, y + height * 0.5, { steps: 5 });
  await page.mouse.up();
  const middle = () =>
    sheet.evaluate((canvas: HTMLCanvasElement) => [
      ...canvas.getContext("2d")!.getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data,
    ]);
  expect(await middle()).toEqual([255, 215, 114, 255]);
  await undo.click();
  expect(await middle()).toEqual([47, 111, 143, 255]);
  await page.getByLabel("Choose a picture").setInputFiles("docs/screens/studio-dark-wide.webp");
  await expect.poll(middle).not.toEqual([47, 111, 143, 255]);
  await order(page, "the ocean, oil painting");
  await untilKept(page);
  await page.getByRole("link", { name: "See the artwork" }).click();
  await expect(page.getByRole("link", { name: "your sketch" })).toBeVisible();
  const kept = await page.getByRole("link", { name: "Download" }).getAttribute("href");
  await page.getByRole("button", { name: "Paint again" }).click();
  await untilKept(page);
  await page.getByRole("link", { name: "See the artwork" }).click();
  await expect(page.getByRole("link", { name: "Download" })).toHaveAttribute("href", kept ?? "");
});

test("a cancelled painting leaves no artwork", async ({ aria, page }) => {
  await page.goto(`${aria.url}/gallery`);
  const before = await hanging(page);
  await page.goto(aria.url);
  await page.getByText("Advanced settings").click();
  await page.getByLabel("Steps, 1 to 150").fill("150");
  await order(page, "a quiet lake");
  await expect(page.getByTestId("stroke")).toBeVisible();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByText("You stopped this painting. Nothing was kept.")).toBeVisible();
  await page.goto(`${aria.url}/gallery`);
  await expect.poll(() => hanging(page)).toBe(before);
});

test("a deleted artwork goes to the trash and comes back on undo", async ({ aria, page, request }) => {
  await paint(request, aria.url, "a lone tree");
  await page.goto(`${aria.url}/gallery`);
  const before = await hanging(page);
  await openFirst(page);
  await page.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("In the trash.")).toBeVisible();
  await page.getByRole("link", { name: "Gallery" }).first().click();
  // A page without tiles is not yet a gallery without them.
  await page.waitForURL(/gallery/);
  await expect.poll(() => hanging(page)).toBe(before - 1);
  await page.goBack();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("button", { name: "Delete" })).toBeVisible();
  await page.goto(`${aria.url}/gallery`);
  await expect.poll(() => hanging(page)).toBe(before);
});

test("an order that does not hold is refused beside its field", async ({ aria, page }) => {
  await page.goto(aria.url);
  await page.getByText("Advanced settings").click();
  await page.getByLabel("Steps, 1 to 150").fill("10000");
  await order(page, "a quiet lake");
  await expect(page.getByLabel(/Steps/)).toHaveAttribute("aria-invalid", "true");
  await page.getByText("Advanced settings").click();
  await expect(page.getByLabel(/Steps/)).toBeHidden();
  await page.getByRole("button", { name: "Paint", exact: true }).click();
  await expect(page.getByText("must be 1 to 150")).toBeVisible();
  await expect(page.getByTestId("stroke")).toHaveCount(0);
});

test("what she paints well is put into the theme, and taken out again", async ({ aria, page }) => {
  await page.goto(aria.url);
  const theme = page.getByLabel("What shall she paint?");
  await theme.fill("a lone tree");
  await page.getByText("What she paints well").click();
  const manner = page.getByRole("button", { name: "watercolor", exact: true });
  await manner.click();
  await expect(theme).toHaveValue("a lone tree, watercolor");
  await manner.click();
  await expect(theme).toHaveValue("a lone tree");
});

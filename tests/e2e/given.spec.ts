import { expect, openNewest, paint, test } from "./aria.ts";

/** A triad in sixteen-bit WAV: each note struck anew on every beat. */
function music({
  bpm,
  hz,
  seconds,
  loud,
}: {
  bpm: number;
  hz: readonly number[];
  seconds: number;
  loud: number;
}): Buffer {
  const rate = 22_050;
  const samples = Buffer.alloc(44 + 2 * rate * seconds);
  samples.write("RIFF", 0);
  samples.writeUInt32LE(samples.length - 8, 4);
  samples.write("WAVEfmt ", 8);
  samples.writeUInt32LE(16, 16);
  samples.writeUInt16LE(1, 20);
  samples.writeUInt16LE(1, 22);
  samples.writeUInt32LE(rate, 24);
  samples.writeUInt32LE(2 * rate, 28);
  samples.writeUInt16LE(2, 32);
  samples.writeUInt16LE(16, 34);
  samples.write("data", 36);
  samples.writeUInt32LE(2 * rate * seconds, 40);
  const beat = 60 / bpm;
  for (let i = 0; i < rate * seconds; i++) {
    const t = i / rate;
    const struck = Math.exp(-6 * (t % beat));
    const sound = hz.reduce((sum, frequency) => sum + Math.sin(2 * Math.PI * frequency * t), 0) / hz.length;
    samples.writeInt16LE(Math.round(32_000 * loud * struck * sound), 44 + 2 * i);
  }
  return samples;
}

test("music becomes a mood, colours and a word, is shown as it was heard, and is sent nowhere", async ({
  aria,
  page,
}) => {
  await page.goto(aria.url);
  // Under the service worker too, which must not stand in the way of the worker that listens.
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  await expect(page.getByRole("link", { name: /feels/ })).toBeVisible();
  const sent: number[] = [];
  page.on("request", (request) => request.method() === "POST" && sent.push(request.postDataBuffer()?.length ?? 0));
  const minor = music({ bpm: 60, hz: [220, 261.63, 329.63], seconds: 16, loud: 0.08 });
  await page.getByLabel("Take from a file").setInputFiles({ name: "slow.wav", mimeType: "audio/wav", buffer: minor });
  const heard = page.getByRole("region", { name: "She heard" });
  await expect(heard).toContainText("A minor", { timeout: 30_000 });
  await expect(page.getByLabel("What shall she paint?")).toHaveValue(/blues|indigo/);
  await expect(page.getByLabel("In the mood")).not.toHaveValue("");
  expect(Math.max(0, ...sent)).toBeLessThan(10_000);
  await page.getByRole("button", { name: "Forget it" }).click();
  await expect(page.getByLabel("What shall she paint?")).toHaveValue("");
  await expect(page.getByLabel("In the mood")).toHaveValue("");
  await page
    .getByLabel("Take from a file")
    .setInputFiles({ name: "a.mp3", mimeType: "audio/mpeg", buffer: Buffer.from("no music") });
  await expect(page.getByText("Nothing can be heard in this file.")).toBeVisible();
});

test("a picture's own file brings its settings back, and the same picture with them", async ({
  aria,
  page,
  request,
}) => {
  await paint(request, aria.url, "a lone tree, woodcut");
  await openNewest(page, aria.url);
  const file = (await page.getByRole("link", { name: "Download" }).getAttribute("href"))!;
  const png = await (await request.get(`${aria.url}${file}`)).body();
  await page.goto(aria.url);
  // What was asked for before comes once the page has woken up.
  await expect(page.getByRole("button", { name: "a lone tree, woodcut" })).toBeVisible();
  await page.getByLabel("Take from a file").setInputFiles({ name: "tree.png", mimeType: "image/png", buffer: png });
  await expect(page.getByText("As Aria painted it.")).toBeVisible();
  await expect(page.getByLabel("What shall she paint?")).toHaveValue(/a lone tree/i);
  await page.getByText("Advanced settings").click();
  await expect(page.getByLabel("Seed")).toHaveValue(/^\d+$/);
  await page.getByRole("button", { name: "Undo" }).last().click();
  await expect(page.getByLabel("What shall she paint?")).toHaveValue("");
  await page.getByLabel("Take from a file").setInputFiles("public/icons/icon-192.png");
  await expect(page.getByText(/says nothing of how it was made/)).toBeVisible();
});

test("the line is reordered, paused, and taken up again", async ({ aria, page, request }) => {
  await page.goto(aria.url);
  const call = (procedure: string, json: unknown) =>
    request.post(`${aria.url}/api/trpc/order.${procedure}`, { data: { json } });
  await call("setPaused", true);
  await page.waitForTimeout(2_500);
  for (const prompt of ["first in line", "second in line"]) await call("place", { prompt, count: 1 });
  await page.getByRole("button", { name: /Paused/ }).click();
  const dialog = page.getByRole("dialog", { name: "The line" });
  const names = () => dialog.getByRole("listitem").locator("button[aria-current] span:first-child").allTextContents();
  await expect.poll(names).toEqual(["first in line", "second in line"]);
  await dialog.getByRole("button", { name: "Sooner" }).last().click();
  await expect.poll(names).toEqual(["second in line", "first in line"]);
  await dialog.getByRole("button", { name: "Cancel" }).first().click();
  await expect.poll(names).toEqual(["first in line"]);
  await page.waitForTimeout(3_000);
  expect(await names()).toEqual(["first in line"]);
  await dialog.getByRole("button", { name: "Go on" }).click();
  await expect(dialog.getByText("Nothing is asked for just now.")).toBeVisible({ timeout: 30_000 });
});

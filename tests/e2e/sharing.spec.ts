import { expect, openNewest, paint, test } from "./aria.ts";

test("a link shows the picture and nothing else, to whoever has its password, until it is revoked", async ({
  aria,
  browser,
  page,
  request,
}) => {
  await paint(request, aria.url, "a lighthouse at dusk, oil painting");
  await openNewest(page, aria.url);
  await page.getByRole("button", { name: "Share" }).click();
  await page.getByLabel("Password, if you like").fill("open sesame");
  await page.getByRole("button", { name: "Make a link" }).click();
  const url = await page.getByLabel("Share", { exact: true }).and(page.locator("input")).inputValue();
  expect(url).toMatch(/^http:\/\/aria\.localhost:\d+\/s\/[\w-]{22}$/);
  const here = url.replace(aria.publicUrl, aria.url);

  const visitor = await browser.newContext();
  const guest = await visitor.newPage();
  await guest.goto(here);
  await expect(guest.getByRole("img")).toHaveCount(0);
  await guest.getByLabel(/password/).fill("open sesamy");
  await guest.getByRole("button", { name: "Open" }).click();
  await expect(guest.getByText("That is not the password.")).toBeVisible();
  await guest.getByLabel(/password/).fill("open sesame");
  await guest.getByRole("button", { name: "Open" }).click();
  const picture = guest.getByRole("img");
  await expect(picture).toBeVisible();
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  for (const secret of ["/images/", "sampler", "seed"]) expect(await guest.content()).not.toContain(secret);
  expect(JSON.parse((await guest.locator('script[type="application/ld+json"]').textContent())!)).toMatchObject({
    digitalSourceType: expect.stringMatching(/trainedAlgorithmicMedia$/),
  });

  await page.reload();
  await page.getByRole("button", { name: "Share" }).click();
  await expect(page.getByText(/seen once/)).toBeVisible();
  await page.getByRole("button", { name: "Revoke" }).click();
  await expect(page.getByText("The link leads nowhere now, for good.")).toBeVisible();
  expect((await guest.reload())?.status()).toBe(404);
  await expect(guest.getByText("The link is over, or never led anywhere.")).toBeVisible();
  await visitor.close();
});

test("a link is told of by Open Graph, with a picture of its own, and by oEmbed", async ({ aria, page, request }) => {
  await paint(request, aria.url, "a lone tree");
  await openNewest(page, aria.url);
  await page.getByRole("button", { name: "Share" }).click();
  await page.getByRole("button", { name: "Make a link" }).click();
  const url = await page.getByLabel("Share", { exact: true }).and(page.locator("input")).inputValue();
  const here = (address: string) => address.replaceAll("&amp;", "&").replace(aria.publicUrl, aria.url);
  const html = await (await request.get(here(url), { headers: { "user-agent": "facebookexternalhit/1.1" } })).text();
  const metaOf = (name: string) => new RegExp(`<meta (?:property|name)="${name}" content="([^"]+)"`).exec(html)?.[1];
  expect(metaOf("og:title")).toMatch(/Tree/);
  expect(metaOf("twitter:card")).toBe("summary_large_image");
  expect([metaOf("og:image:width"), metaOf("og:image:height")]).toEqual(["1200", "630"]);
  const image = await request.get(here(metaOf("og:image")!));
  expect(image.headers()["content-type"]).toBe("image/png");
  const png = await image.body();
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1200, 630]);
  const embed = /type="application\/json\+oembed" href="([^"]+)"/.exec(html)?.[1];
  expect(await (await request.get(here(embed!))).json()).toMatchObject({ type: "photo", version: "1.0" });
});

test("by the public name others reach what was shared, and nothing else", async ({ aria, request }) => {
  const headers = { host: new URL(aria.publicUrl).host };
  const said = new Set<string>();
  for (const path of [
    "/",
    "/gallery",
    `/images/${"0".repeat(64)}`,
    "/api/trpc/gallery.facets",
    "/socket.io/?EIO=4&transport=polling",
    "/exports",
    "/artworks/1/export",
    "/v1/models",
    "/robots.txt",
    "/s/",
    `/s/${"A".repeat(22)}/b`,
    `/s/${"A".repeat(22)}/b/c/d`,
    "/nowhere",
  ]) {
    const reply = await request.get(`${aria.url}${path}`, { headers });
    expect(reply.status()).toBe(401);
    said.add(await reply.text());
  }
  expect(said.size).toBe(1);
  expect((await request.get(`${aria.url}/s/${"A".repeat(22)}`, { headers })).status()).toBe(404);
});

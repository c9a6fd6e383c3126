import { createServer, request as httpRequest } from "node:http";
import type { BrowserContext, Page } from "@playwright/test";
import { freePort } from "../aria-process.ts";
import { expect, openFirst, openNewest, paint, test } from "./aria.ts";

/** The worker is there, and this page is its. */
async function ready(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}
const offline = async (context: BrowserContext, page: Page, isOffline: boolean) => {
  await context.setOffline(isOffline);
  await expect(page.getByText("No network. What you have seen is here")).toBeVisible({ visible: isOffline });
};

test("it can be installed, by Chromium's own criteria", async ({ aria, page }) => {
  await ready(page, aria.url);
  const cdp = await page.context().newCDPSession(page);
  await expect
    .poll(async () =>
      (await cdp.send("Page.getInstallabilityErrors")).installabilityErrors.map(({ errorId }) => errorId),
    )
    // A browser of a test is always in a private window.
    .toEqual(["in-incognito"]);
  const { errors, data } = await cdp.send("Page.getAppManifest");
  expect(errors).toEqual([]);
  const manifest = JSON.parse(data ?? "{}");
  expect(manifest.shortcuts).toHaveLength(3);
  expect(manifest.share_target.params.files[0].name).toBe("picture");
  for (const { src, sizes } of [...manifest.icons, ...manifest.screenshots]) {
    const image = await page.request.get(`${aria.url}${src}`);
    expect(image.status()).toBe(200);
    const size = await page.evaluate(async (at) => {
      const bitmap = await createImageBitmap(await (await fetch(at)).blob());
      return `${bitmap.width}x${bitmap.height}`;
    }, src);
    expect(size).toBe(sizes);
  }
});

test("without a network, what was visited is there, and a gallery of what was seen in place of the rest", async ({
  aria,
  context,
  page,
  request,
}) => {
  await paint(request, aria.url, "a lone tree");
  await ready(page, `${aria.url}/gallery`);
  await expect(page.getByText(/^[\d,]+ artworks?$/)).toBeVisible();
  await page.reload();
  await expect(page.getByText(/^[\d,]+ artworks?$/)).toBeVisible();
  const shown = await page.getByTestId("gallery-tile").count();
  await openFirst(page);
  const title = await page.getByRole("heading", { level: 1 }).textContent();
  await page.reload();
  await page.waitForLoadState("networkidle");
  const artwork = page.url();
  const withoutPolicy = await page.evaluate(async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith("pages-"));
    const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).matchAll()));
    return kept.flat().flatMap(({ url, headers }) => (headers.has("content-security-policy") ? [] : url));
  });
  expect(withoutPolicy).toEqual([]);
  await offline(context, page, true);
  await page.goto(`${aria.url}/gallery`);
  await expect(page.getByTestId("gallery-tile")).toHaveCount(shown);
  await page.goto(artwork);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title ?? "");
  const picture = page.getByRole("img", { name: title ?? "" });
  expect(
    await picture.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth)),
  ).toBeGreaterThan(0);
  await page.goto(`${aria.url}/never/visited`);
  await expect(page.getByRole("heading", { name: "No network" })).toBeVisible();
  await expect(page.getByTestId("seen").first()).toBeVisible();
  await context.setOffline(false);
});

test("fifty pictures are kept, and no more", async ({ aria, page, request }) => {
  for (let i = 0; i < 3; i++) await paint(request, aria.url, "a lone tree");
  const answer = await (
    await request.get(`${aria.url}/api/trpc/gallery.page?input=${encodeURIComponent('{"json":{"limit":20}}')}`)
  ).json();
  const files = ["", "/320.avif", "/320.webp", "/640.avif", "/640.webp", "/1280.avif", "/1280.webp"];
  const pictures: string[] = answer.result.data.json.map(({ imageUrl }: { imageUrl: string }) => imageUrl);
  // Queries make other addresses of the same few files.
  const addresses = pictures
    .flatMap((url) => files.flatMap((file) => [1, 2, 3].map((n) => `${url}${file}?n=${n}`)))
    .slice(0, 60);
  expect(addresses).toHaveLength(60);
  await ready(page, aria.url);
  await page.evaluate(async (all) => {
    for (const address of all) await (await fetch(address)).blob();
  }, addresses);
  const kept = () => page.evaluate(async () => (await (await caches.open("images")).keys()).length);
  await expect.poll(kept).toBe(50);
});

test("an order and a reaction made without a network arrive once, though sync and the page both ask for it", async ({
  aria,
  context,
  page,
  request,
}) => {
  await paint(request, aria.url, "a lone tree");
  await openNewest(page, aria.url);
  await expect(page.getByRole("button", { name: "Love" })).toBeVisible();
  await ready(page, page.url());
  const artworkId = page.url().split("/").at(-1);
  await offline(context, page, true);
  await page.getByRole("button", { name: "Love" }).click();
  await expect(page.getByText("she hears of it once there is a network")).toBeVisible();
  await page.getByRole("link", { name: "Studio" }).click();
  await page.getByLabel("What shall she paint?").fill("a mandala kept for later");
  await page.getByText("1", { exact: true }).click();
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("she paints it once there is a network")).toBeVisible();

  const posts: string[] = [];
  // Those that were answered: one that is begun a moment before the network is back arrives nowhere.
  context.on("response", (told) => told.request().method() === "POST" && posts.push(new URL(told.url()).pathname));
  const cdp = await context.newCDPSession(page);
  const registered = new Promise<string>((found) => {
    cdp.on(
      "ServiceWorker.workerRegistrationUpdated",
      ({ registrations }) => registrations[0] && found(registrations[0].registrationId),
    );
  });
  await cdp.send("ServiceWorker.enable");
  const registrationId = await registered;
  await context.setOffline(false);
  const sync = () =>
    cdp.send("ServiceWorker.dispatchSyncEvent", { origin: aria.url, registrationId, tag: "outbox", lastChance: false });
  await Promise.all([sync(), page.evaluate(() => window.dispatchEvent(new Event("online"))), sync()]);
  await expect(page.getByText(/without a network (is|are) on (its|their) way/)).toBeVisible();
  await page.waitForTimeout(1_000);
  await sync();
  expect(posts.filter((path) => path.endsWith("order.place"))).toHaveLength(1);
  expect(posts.filter((path) => path.endsWith("mind.react"))).toHaveLength(1);
  // It is painted when its turn comes.
  await expect(async () => {
    await page.goto(`${aria.url}/gallery?q="kept+for+later"`);
    await expect(page.getByTestId("gallery-tile")).toHaveCount(1, { timeout: 2_000 });
  }).toPass({ timeout: 60_000 });
  await page.goto(`${aria.url}/artworks/${artworkId}`);
  await expect(page.getByRole("button", { name: "Love" })).toHaveAttribute("aria-pressed", "true");
});

test("a newer Aria is offered, and comes when it is asked for", async ({ aria, page }) => {
  let isNewer = false;
  const { port, hostname } = new URL(aria.url);
  // Stands before her, and later has a worker that differs from the one it had.
  const front = createServer((asked, answer) => {
    const { method, url: path, headers } = asked;
    const through = httpRequest({ port, hostname, method, path, headers }, (reply) => {
      const isChanged = isNewer && path === "/sw.js";
      const { "content-length": _length, ...rest } = reply.headers;
      answer.writeHead(reply.statusCode ?? 502, isChanged ? rest : reply.headers);
      reply.on("data", (bytes) => answer.write(bytes));
      reply.on("end", () => answer.end(isChanged ? "\n// newer" : undefined));
    });
    through.on("error", () => answer.destroy());
    asked.pipe(through);
  });
  const at = await freePort();
  await new Promise<void>((listening) => front.listen(at, "127.0.0.1", listening));
  await ready(page, `http://localhost:${at}`);
  isNewer = true;
  await page.getByLabel("What shall she paint?").fill("half written");
  await page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
  const offer = page.getByRole("alert").filter({ hasText: "newer" });
  await expect(offer).toBeVisible();
  await page.waitForTimeout(1_000);
  await expect(page.getByLabel("What shall she paint?")).toHaveValue("half written");
  const loaded = page.waitForEvent("load");
  await offer.getByRole("button").click();
  await loaded;
  // It is the one that waited that now answers, and nothing waits any more.
  const waits = () => page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.waiting != null);
  await expect.poll(waits).toBe(false);
  await expect(offer).toBeHidden();
  front.closeAllConnections();
  front.close();
});

test("a push message is shown, and leads to what it is about", async ({ aria, context, page }) => {
  await context.grantPermissions(["notifications"], { origin: aria.url });
  await ready(page, aria.url);
  const cdp = await context.newCDPSession(page);
  const registered = new Promise<string>((found) => {
    cdp.on(
      "ServiceWorker.workerRegistrationUpdated",
      ({ registrations }) => registrations[0] && found(registrations[0].registrationId),
    );
  });
  await cdp.send("ServiceWorker.enable");
  const data = JSON.stringify({ title: "A Lake", body: "Come and see.", url: "/journal", tag: "painted" });
  await cdp.send("ServiceWorker.deliverPushMessage", { origin: aria.url, registrationId: await registered, data });
  const shown = () =>
    page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      return (await registration.getNotifications()).map(({ title, body, data }) => ({ title, body, url: data.url }));
    });
  await expect.poll(shown).toEqual([{ title: "A Lake", body: "Come and see.", url: "/journal" }]);
});

test("what another app shares becomes a theme and a sketch", async ({ aria, request }) => {
  const send = (headers: Record<string, string>) =>
    request.post(`${aria.url}/share-target`, {
      headers,
      maxRedirects: 0,
      multipart: {
        title: "a quiet lake",
        text: "",
        url: "",
        picture: { name: "a.png", mimeType: "image/png", buffer: png },
      },
    });
  const png = await (await request.get(`${aria.url}/icons/icon-192.png`)).body();
  const taken = await send({});
  expect(taken.status()).toBe(303);
  expect(taken.headers().location).toMatch(/^\/\?theme=a\+quiet\+lake&sketch=[0-9a-f]{64}$/);
  expect((await send({ "sec-fetch-site": "cross-site" })).status()).toBe(403);
});

test("the language and the room are chosen and stay, and space is given back", async ({ aria, page }) => {
  await ready(page, `${aria.url}/settings`);
  await page.getByText("Light", { exact: true }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
  await page.getByText("Deutsch").click();
  await expect(page.getByRole("heading", { name: "Einstellungen" })).toBeVisible();
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
  await expect(page.getByText(/Dieser Browser bewahrt/)).toBeVisible();
  await page.getByRole("button", { name: "Platz schaffen" }).click();
  await expect(page.getByText(/frei geworden/)).toBeVisible();
  expect(await page.evaluate(() => caches.has("images"))).toBe(false);
  await page.getByText("English").click();
  await expect(page.getByRole("heading", { name: "Settings" })).toBeVisible();
});

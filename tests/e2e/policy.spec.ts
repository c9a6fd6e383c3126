import { rmSync } from "node:fs";
import path from "node:path";
import type { Page } from "@playwright/test";
import { createAriaClient } from "#server/transport/client.ts";
import { APP } from "#tests/addresses.ts";
import { expect, test } from "./aria.ts";
import { enter, withPasskeys } from "./enter.ts";
import { ASKED, HOSTILE_MODEL, KEPT, Pen, type Places, writeHouse, writeOwn } from "./write-everywhere.ts";

test.afterEach(() => rmSync(path.resolve("models", HOSTILE_MODEL), { recursive: true, force: true }));

/** What pages ask for that their policy forbids, as it comes. */
async function watchPolicy(page: Page): Promise<readonly string[]> {
  const forbidden: string[] = [];
  await page.addInitScript(() =>
    document.addEventListener("securitypolicyviolation", (broken) =>
      console.error(
        `forbidden ${broken.violatedDirective} ${broken.blockedURI} ${broken.sourceFile}:${broken.lineNumber} at ${location}`,
      ),
    ),
  );
  page.on("console", (said) => said.text().includes("forbidden") && forbidden.push(said.text()));
  return forbidden;
}

/** Looks at a page, on which nothing may have run, or have become more than text; gives the marks that are read on it. */
async function visit(page: Page, address: string): Promise<readonly number[]> {
  const reply = await page.goto(address);
  const policy = reply?.headers()["content-security-policy"] ?? "";
  expect(policy, address).toMatch(/script-src 'nonce-[\w+/=]+' 'strict-dynamic'/);
  await page.waitForLoadState("networkidle");
  const { ran, born, html } = await page.evaluate(() => {
    const alive = '[onerror], [onload], [href^="javascript:"], [src^="javascript:"], [action^="javascript:"]';
    const scripts = [...document.scripts].filter(({ text }) => text.startsWith("wasRun"));
    const body = document.body.cloneNode(true) as HTMLElement;
    // What the page was made of holds every text, whether it is shown or not.
    for (const unseen of body.querySelectorAll("script, style")) unseen.remove();
    return {
      ran: (window as { wasRun?: number }).wasRun ?? null,
      born: [...document.querySelectorAll(alive), ...scripts].map((one) => one.outerHTML),
      html: body.outerHTML,
    };
  });
  expect({ address, ran, born }).toEqual({ address, ran: null, born: [] });
  return [...html.matchAll(/wasRun=(\d+)/g)].map(([, mark]) => Number(mark));
}

/** Every page there is, with what was written; and those that say again what an address says. */
function roomsOf({ artworks, collections, series, artists, shares }: Places): string[] {
  const named: Readonly<Record<string, readonly string[]>> = {
    "/artworks/[id]": artworks,
    "/collections/[id]": collections,
    "/series/[id]": series,
    "/s/[slug]": shares,
  };
  const rooms = APP.filter(({ isPage }) => isPage).flatMap(({ name }) => {
    const room = name.replace("GET ", "");
    if (!room.includes("[")) return room === "/gallery/alike" ? `${room}?to=${artworks[0]}` : room;
    return named[room]!.map((id) => room.replace(/\[.*\]/, id));
  });
  const asked = ASKED.map(encodeURIComponent).flatMap((text) => [
    `/?theme=${text}&order=${text}`,
    `/gallery?q=${text}&style=${text}&from=${text}`,
    `/gallery/alike?words=${text}`,
    `/mind?artist=${text}`,
    `/sign-in?to=${text}`,
    `/s/${shares[0]}?refused=${text}&artwork=${text}`,
  ]);
  return [...rooms, ...artists.map((id) => `/mind?artist=${id}`), ...asked];
}

/** Theirs who have not signed in. */
const STREET = /^\/(s\/|sign-in)/;

/** Its name is better-auth's to keep. */
async function namePasskey(page: Page, url: string, name: string): Promise<void> {
  await withPasskeys(await page.context().newCDPSession(page));
  await page.goto(`${url}/people`);
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await expect(page.getByText("The passkey is kept.")).toBeVisible();
  const status = await page.evaluate(async (name) => {
    const [{ id }] = await (await fetch("/api/auth/passkey/list-user-passkeys")).json();
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ id, name });
    return (await fetch("/api/auth/passkey/update-passkey", { method: "POST", headers, body })).status;
  }, name);
  expect(status).toBe(200);
}

test("what is written anywhere is read, and runs nowhere; and no page asks for what its policy forbids", async ({
  aria,
  browser,
  playwright,
  request,
}) => {
  test.setTimeout(400_000);
  const pen = new Pen();
  const owner = createAriaClient({ url: aria.url });
  const before = { rules: await owner.safety.read.query(), people: await owner.person.list.query() };
  // What an admin does is written down beside their name.
  const headers = await enter({ aria, playwright, request }, { name: "Mallory", role: "admin" });
  // Node's fetch names the host itself.
  const { host: _host, origin: _origin, ...own } = headers;
  const writer = {
    aria: createAriaClient({ url: aria.url, headers: own }),
    post: async (at: string, data: object) => (await request.post(`${aria.url}${at}`, { data, headers })).status(),
  };
  const pageOf = async () => (await browser.newContext({ serviceWorkers: "block" })).newPage();
  const [home, room, street] = [await pageOf(), await pageOf(), await pageOf()];
  const forbidden = [await watchPolicy(home), await watchPolicy(room), await watchPolicy(street)];
  const [name = "", value = ""] = headers.cookie.split("=");
  await room.context().addCookies([{ name, value, url: aria.publicUrl }]);
  try {
    const places = await writeOwn(writer, pen);
    await writeHouse(writer.aria, pen);
    await namePasskey(room, aria.publicUrl, pen.one("a passkey's name", 1));
    expect([...new Set(pen.marks.values())].sort()).toEqual(KEPT);
    const read = new Set<number>();
    const look = async (page: Page, url: string, addresses: readonly string[]) => {
      for (const address of addresses) for (const mark of await visit(page, url + address)) read.add(mark);
    };
    const rooms = roomsOf(places);
    const [outside, inside] = [rooms.filter((at) => STREET.test(at)), rooms.filter((at) => !STREET.test(at))];
    const plain = inside.filter((at) => /^\/\w*$/.test(at));
    await Promise.all([
      look(room, aria.publicUrl, inside),
      look(street, aria.publicUrl, outside),
      look(home, aria.url, plain),
    ]);
    const unread = [...pen.marks].filter(([mark]) => !read.has(mark)).map(([mark, text]) => `${mark} ${text}`);
    expect(unread).toEqual([]);
    expect(forbidden.flat()).toEqual([]);
  } finally {
    await owner.safety.write.mutate(before.rules);
    const { orders } = await writer.aria.order.line.query();
    for (const { id } of orders) await writer.aria.order.cancel.mutate(id);
    await owner.order.setPaused.mutate(false);
    for (const { id } of await owner.person.list.query())
      if (!before.people.some((person) => person.id === id)) await owner.person.remove.mutate(id);
    await owner.model.remove.mutate(HOSTILE_MODEL).catch(() => {});
    for (const page of [home, room, street]) await page.context().close();
  }
});

test("what should have slipped in would not be run either", async ({ aria, page }) => {
  const forbidden = await watchPolicy(page);
  await page.goto(aria.url);
  await page.evaluate(() => {
    const slipped = document.createElement("div");
    slipped.innerHTML = '<img src="/nowhere.png" onerror="window.wasRun=1">';
    document.body.append(slipped);
  });
  await expect.poll(() => forbidden.length).toBe(1);
  expect(forbidden[0]).toContain("script-src-attr");
  expect(await page.evaluate(() => "wasRun" in window)).toBe(false);
});

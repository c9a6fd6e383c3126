import type { Page } from "@playwright/test";
import { CLAIM_CODE, expect, paint, test } from "./aria.ts";
import { withPasskeys } from "./enter.ts";

const OWNER = { name: "Grace", email: "grace@example.org", password: "a password of hers" };
const MEMBER = { name: "Ada", email: "ada@example.org", password: "a password of Ada's" };

async function signIn(page: Page, { email, password }: typeof MEMBER): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

test("by her public name one signs in: first the owner by the code, then whoever was let in, by password or passkey", async ({
  aria,
  browser,
  request,
}) => {
  await paint(request, aria.url, "a lone tree");
  const context = await browser.newContext();
  const page = await context.newPage();
  await withPasskeys(await context.newCDPSession(page));
  await page.goto(`${aria.publicUrl}/people`);
  await expect(page).toHaveURL(`${aria.publicUrl}/sign-in?to=%2Fpeople`);
  const claim = async (code: string) => {
    await page.getByLabel("Code").fill(code);
    await page.getByLabel("Name").fill(OWNER.name);
    await page.getByLabel("E-mail").fill(OWNER.email);
    await page.getByLabel("Password").fill(OWNER.password);
    await page.getByRole("button", { name: "Become her owner" }).click();
  };
  await claim("another-code");
  await expect(page.getByText("is not the one that Aria printed")).toBeVisible();
  await claim(CLAIM_CODE);
  await expect(page.getByRole("heading", { name: "People" })).toBeVisible();
  await expect(page).toHaveURL(`${aria.publicUrl}/people`);

  await page.getByText("Let somebody in").click();
  const form = page.locator("form").filter({ has: page.getByRole("button", { name: "Let in", exact: true }) });
  await form.getByLabel("Name").fill(MEMBER.name);
  await form.getByLabel("E-mail").fill(MEMBER.email);
  await form.getByLabel("Password to begin with").fill(MEMBER.password);
  await form.getByRole("button", { name: "Let in", exact: true }).click();
  await expect(page.getByRole("listitem", { name: MEMBER.name })).toBeVisible();
  await expect(page.getByText("Grace: let in Ada, ada@example.org")).toBeVisible();
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await expect(page.getByText("The passkey is kept.")).toBeVisible();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL(/sign-in/);
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await page.waitForURL((url) => url.pathname === "/");
  await expect(page.getByLabel("What shall she paint?")).toBeVisible();
  await page.goto(`${aria.publicUrl}/people`);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL(/sign-in/);

  await signIn(page, { ...MEMBER, password: "not her password" });
  await expect(page.getByText("The address or the password is not right.")).toBeVisible();
  await signIn(page, MEMBER);
  await page.waitForURL((url) => url.pathname === "/");
  await page.goto(`${aria.publicUrl}/people`);
  await expect(page.getByLabel("Name").first()).toHaveValue(MEMBER.name);
  await expect(page.getByRole("heading", { name: "Who may come in" })).toHaveCount(0);

  // Taken out at the machine itself, she is nobody at her next step.
  const home = await context.newPage();
  await home.goto(`${aria.url}/people`);
  const row = home.getByRole("listitem", { name: MEMBER.name });
  await row.getByRole("button", { name: "Take out" }).click();
  await row.getByRole("group").getByRole("button", { name: "Take out" }).click();
  await expect(row).toHaveCount(0);
  await page.goto(`${aria.publicUrl}/gallery`);
  await expect(page).toHaveURL(/sign-in\?to=%2Fgallery/);
  await context.close();
});

test("what one kept without a network is not done in the name of whoever signs in after them, but in theirs when they are back", async ({
  aria,
  browser,
  request,
}) => {
  const who = (name: string) => ({ name, email: `${name}@example.org`, password: `a password of ${name}` });
  const [lea, mia] = [who("Lea"), who("Mia")];
  for (const person of [lea, mia]) {
    const made = await request.post(`${aria.url}/api/trpc/person.create`, {
      data: { json: { ...person, role: "member" } },
    });
    expect(made.status()).toBe(200);
  }
  const context = await browser.newContext();
  const page = await context.newPage();
  const enter = async (person: typeof lea) => {
    await context.clearCookies();
    await context.setOffline(false);
    await page.goto(`${aria.publicUrl}/sign-in`);
    const entered = await page.evaluate(async (body) => {
      const headers = { "content-type": "application/json" };
      return (await fetch("/api/auth/sign-in/email", { method: "POST", headers, body })).status;
    }, JSON.stringify(person));
    expect(entered).toBe(200);
  };
  const placed: number[] = [];
  context.on("response", (told) => {
    if (new URL(told.url()).pathname.endsWith("/order.place")) placed.push(told.status());
  });

  await enter(lea);
  await page.goto(aria.publicUrl);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await context.setOffline(true);
  await expect(page.getByText("No network. What you have seen is here")).toBeVisible();
  await page.getByLabel("What shall she paint?").fill("a harbour that Lea kept for later");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("she paints it once there is a network")).toBeVisible();
  placed.length = 0;

  await enter(mia);
  await page.goto(aria.publicUrl);
  await expect.poll(() => placed).toContain(412);
  // Nor does hers wait behind it.
  await page.getByLabel("What shall she paint?").fill("a harbour of Mia's");
  await page.keyboard.press("Control+Enter");
  await expect.poll(() => placed).toContain(200);
  await expect(page).toHaveURL(/order=/);
  await page.goto(`${aria.publicUrl}/gallery`);
  await expect(page.getByTestId("gallery-tile")).toHaveCount(1, { timeout: 60_000 });
  placed.length = 0;

  await enter(lea);
  await page.goto(aria.publicUrl);
  await expect.poll(() => placed).toContain(200);
  await expect(async () => {
    await page.goto(`${aria.publicUrl}/gallery?q="kept+for+later"`);
    await expect(page.getByTestId("gallery-tile")).toHaveCount(1, { timeout: 2_000 });
  }).toPass({ timeout: 60_000 });
  await context.close();
});

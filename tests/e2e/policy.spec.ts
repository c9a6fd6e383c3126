import { expect, openNewest, paint, test } from "./aria.ts";

const PAYLOADS = [
  "<script>window.wasRun=1</script>",
  '"><img src=x onerror="window.wasRun=1">',
  "javascript:window.wasRun=1",
  "<svg onload=window.wasRun=1>",
];

test("what is written anywhere runs nowhere, and no page asks for what its policy forbids", async ({
  aria,
  page,
  request,
}) => {
  const forbidden: string[] = [];
  await page.addInitScript(() =>
    document.addEventListener("securitypolicyviolation", (broken) =>
      console.error(
        `forbidden ${broken.violatedDirective} ${broken.blockedURI} ${broken.sourceFile}:${broken.lineNumber}`,
      ),
    ),
  );
  page.on("console", (said) => said.text().includes("forbidden") && forbidden.push(said.text()));
  for (const payload of PAYLOADS) {
    await paint(request, aria.url, `a lake ${payload}`);
    await page.goto(`${aria.url}/collections`);
    await page.getByRole("textbox").fill(payload);
    await page.getByRole("button", { name: "Create" }).click();
    await page.waitForURL(/collections\//);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(payload);
  }
  await openNewest(page, aria.url);
  await page.getByRole("button", { name: "Share" }).click();
  await page.getByRole("button", { name: "Make a link" }).click();
  const link = await page.getByRole("dialog").getByRole("textbox", { name: "Share" }).inputValue();
  const rooms = [
    "",
    "gallery",
    "collections",
    "series",
    "mind",
    "journal",
    "duels",
    "models",
    "people",
    "sign-in",
    "settings",
    "offline",
  ];
  for (const address of [...rooms.map((room) => `${aria.url}/${room}`), `${aria.url}${new URL(link).pathname}`]) {
    const reply = await page.goto(address);
    const policy = reply?.headers()["content-security-policy"] ?? "";
    expect(policy, address).toMatch(/script-src 'nonce-[\w+/=]+' 'strict-dynamic'/);
    await page.waitForLoadState("networkidle");
    expect(await page.evaluate(() => "wasRun" in window)).toBe(false);
  }
  // What should have slipped in would not be run either.
  await page.evaluate(() => {
    const slipped = document.createElement("div");
    slipped.innerHTML = '<img src="/nowhere.png" onerror="window.wasRun=1">';
    document.body.append(slipped);
  });
  await page.waitForTimeout(500);
  expect(await page.evaluate(() => "wasRun" in window)).toBe(false);
  expect(forbidden.filter((line) => !line.includes("script-src-attr"))).toEqual([]);
  expect(forbidden).toHaveLength(1);
});

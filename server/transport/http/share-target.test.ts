import { expect, it } from "vitest";
import { createContainer } from "#server/container.ts";
import { fakePorts } from "#tests/fakes.ts";
import { shareTarget } from "./share-target.ts";
import { MAX_SKETCH_BYTES } from "./sketches.ts";

const aria = createContainer(fakePorts());
const share = (body: BodyInit, headers: Record<string, string> = {}) =>
  shareTarget(aria, new Request("http://aria.test/share-target", { method: "POST", body, headers }));
/** As a browser asks for a page. */
const accept = "text/html,application/xhtml+xml,*/*;q=0.8";

it("leads to the studio with the words that were shared, each once", async () => {
  const form = new FormData();
  for (const [name, words] of Object.entries({ title: "a quiet lake ", text: "a quiet lake", url: "" }))
    form.set(name, words);
  const reply = await share(form);
  expect([reply.status, reply.headers.get("location")]).toEqual([303, "/?theme=a+quiet+lake"]);
});

it("refuses a page elsewhere, and more than it takes, in a sentence to a browser and in problem details to all else", async () => {
  const foreign = { "sec-fetch-site": "cross-site" };
  const program = await share("", foreign);
  expect([program.status, program.headers.get("content-type")]).toEqual([403, "application/problem+json"]);
  expect(await program.json()).toMatchObject({ status: 403, code: "FOREIGN" });
  const browser = await share("", { ...foreign, accept });
  expect([browser.status, browser.headers.get("content-type")]).toEqual([403, "text/plain; charset=utf-8"]);
  const large = "x".repeat(2 * MAX_SKETCH_BYTES);
  expect(await (await share(large)).json()).toMatchObject({ status: 413, title: "Content Too Large" });
  expect(await (await share(large, { accept })).text()).toBe("That is more than Aria takes.");
});

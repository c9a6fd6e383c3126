/** Unit tests run the sources: what is started from dist/ has to be put there. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

it("bundles every program that one of ours starts", () => {
  const bundled = new Set(readFileSync("scripts/bundle.mjs", "utf8").match(/"(?:server|inference)\/[^"]+\.ts"/g));
  const started = readFileSync("scripts/launcher/launch.mjs", "utf8").match(/dist\/[^"]+\.js/g) ?? [];
  const sources = readdirSync("inference", { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".ts"),
  );
  const forked = sources.flatMap(
    (file) => readFileSync(`inference/${file}`, "utf8").match(/"inference\/[^"]+\.ts"/g) ?? [],
  );
  expect(started).toHaveLength(2);
  expect(forked).toHaveLength(4);
  for (const source of [...forked, ...started.map((file) => `"${file.slice(5, -3)}.ts"`)])
    expect(bundled).toContain(source);
});

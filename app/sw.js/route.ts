import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";

/** Made once, by `next build`, when all else it names has been made. */
export const dynamic = "force-static";

const STATIC = path.join(".next", "static");
/** Not what starts a worker: its settings stand in its address, which an answer out of a cache does not have. */
const KEPT = /^(?!.*turbopack-worker).*\.(js|css|woff2)$/;

/** What the app is made of. Names carry their content's hash, but for a few. */
async function assets(): Promise<{ url: string; revision: string }[]> {
  const names = (await readdir(STATIC, { recursive: true })).filter((name) => KEPT.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const bytes = await readFile(path.join(STATIC, name));
      const revision = createHash("sha256").update(bytes).digest("hex").slice(0, 16);
      return { url: `/_next/static/${name.split(path.sep).join("/")}`, revision };
    }),
  );
}

export async function GET(): Promise<Response> {
  const list = JSON.stringify(await assets());
  const { outputFiles } = await build({
    entryPoints: [path.join("app", "pwa", "service-worker.ts")],
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    target: "es2022",
    define: {
      __ASSETS: list,
      __BUILD: JSON.stringify(createHash("sha256").update(list).digest("hex").slice(0, 16)),
      "process.env.NODE_ENV": '"production"',
    },
  });
  const headers = { "content-type": "text/javascript; charset=utf-8", "cache-control": "no-cache" };
  return new Response(outputFiles[0]?.text, { headers });
}

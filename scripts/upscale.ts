/** `npm run upscale -- FILE --out FILE.png [--by 2|4|8] [--model DIR|FILE.onnx]`: enlarges a picture, tile by tile. */
import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import sharp from "sharp";
import { isAriaError } from "#contracts/errors.ts";
import { openEnlarger } from "#inference/upscaling/open-enlarger.ts";
import { enlargeTiled, type Rgb } from "#inference/upscaling/tiled.ts";

const USAGE = "usage: npm run upscale -- FILE --out FILE.png [--by 2|4|8] [--model DIR|FILE.onnx]";
/** What comes out: 256 megapixels are 770 MB in memory. */
const LARGEST_PX = 16_384;

class Refusal extends Error {}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      out: { type: "string" },
      by: { type: "string", default: "2" },
      model: { type: "string", default: "models/aria" },
    },
  });
  const [file, ...more] = positionals;
  if (!file || !values.out || more.length > 0) throw new Refusal(USAGE);
  const enlarger = await openEnlarger(path.resolve(values.model), availableParallelism());
  const by = Number(values.by);
  const turns = Math.log(by) / Math.log(enlarger.by);
  if (!Number.isInteger(turns) || turns < 1)
    throw new Refusal(
      `--by must be a power of ${enlarger.by}, which ${values.model} enlarges by; it is "${values.by}".`,
    );
  const { data, info } = await sharp(file)
    .flatten({ background: "white" })
    .toColourspace("srgb")
    .raw()
    .toBuffer({ resolveWithObject: true })
    .catch((error: Error) => {
      throw new Refusal(`${file} cannot be read as a picture: ${error.message}`);
    });
  let picture: Rgb = { data, widthPx: info.width, heightPx: info.height };
  if (Math.max(picture.widthPx, picture.heightPx) * by > LARGEST_PX)
    throw new Refusal(`The result would be longer than ${LARGEST_PX} px.`);
  const startedAt = performance.now();
  for (let turn = 0; turn < turns; turn++) {
    const onProgress = (share: number) => process.stderr.write(`\r${Math.round(((turn + share) / turns) * 100)} %`);
    picture = await enlargeTiled(picture, enlarger, { onProgress, isCancelled: async () => false });
  }
  process.stderr.write("\n");
  await enlarger.release();
  const { widthPx: width, heightPx: height } = picture;
  writeFileSync(
    values.out,
    await sharp(picture.data, { raw: { width, height, channels: 3 } })
      .png()
      .toBuffer(),
  );
  console.log(JSON.stringify({ file: values.out, width, height, ms: Math.round(performance.now() - startedAt) }));
}

main().catch((error: unknown) => {
  if (error instanceof Refusal) console.error(error.message);
  else if (isAriaError(error) && error.code === "INVALID")
    console.error(`--${error.facts.field}: ${error.facts.reason}`);
  else if (isAriaError(error)) console.error("--model: its file is missing or damaged");
  else console.error(error);
  process.exit(error instanceof Refusal || isAriaError(error) ? 2 : 1);
});

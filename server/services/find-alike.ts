import type { ArtworkId } from "#contracts/artwork.ts";
import { AriaError } from "#contracts/errors.ts";
import type { Alike, AlikeInput } from "#contracts/gallery.ts";
import { DEFAULT_MODEL } from "#contracts/terms.ts";
import { Likeness } from "#server/domain/gallery/likeness.ts";
import type { Embedded, Ports } from "#server/ports.ts";

type Deps = Pick<Ports, "gallery" | "generator">;

const SHOWN = 120;
/** Some of the nearest may lie in the trash. */
const LOOKED_AT = 400;
const READ_AT_ONCE = 5_000;

const eyeOf = (modelId: string, width: number): string => `${modelId} ${width}`;

/**
 * Artworks like one, or like what words mean. All embeddings are held in memory, and those that came since are read before each
 * answer: half a kilobyte an artwork. Throws NOT_FOUND; INVALID for an artwork that no scorer has seen; UNAVAILABLE.
 */
export function makeFindAlike({ gallery, generator }: Deps) {
  const known = new Map<string, Likeness>();
  let last: Pick<Embedded, "createdAt" | "id"> | null = null;
  let reading: Promise<void> = Promise.resolve();

  async function readOn(): Promise<void> {
    for (;;) {
      const rows = await gallery.embeddings(last, READ_AT_ONCE);
      for (const { id, modelId, embedding } of rows) {
        if (!embedding) continue;
        // A scorer of another width is another eye.
        const eye = eyeOf(modelId, embedding.length);
        if (!known.has(eye)) known.set(eye, new Likeness());
        known.get(eye)!.add(id, embedding);
      }
      last = rows.at(-1) ?? last;
      if (rows.length < READ_AT_ONCE) return;
    }
  }

  const tilesOf = async (ids: readonly string[]) => (await gallery.tiles(ids as readonly ArtworkId[])).slice(0, SHOWN);

  return async function findAlike(input: AlikeInput): Promise<Alike> {
    // One reader at a time, or two would add the same.
    reading = reading.catch(() => {}).then(readOn);
    await reading;
    if ("artworkId" in input) {
      const { artworkId } = input;
      const [found] = [...known.values()].filter((likeness) => likeness.has(artworkId));
      if (!found && (await gallery.tiles([artworkId])).length === 0)
        throw new AriaError("NOT_FOUND", { kind: "artwork", id: artworkId });
      if (!found)
        throw new AriaError("INVALID", {
          field: "artworkId",
          reason: "must have been painted by a model with a scorer",
        });
      return { tiles: await tilesOf(found.nearest(artworkId, LOOKED_AT)), heard: null };
    }
    const meaning = await generator.meaning(DEFAULT_MODEL, input.words);
    const likeness = meaning && known.get(eyeOf(DEFAULT_MODEL, meaning.direction.length));
    const ids = meaning && likeness ? likeness.showing(Float32Array.from(meaning.direction), LOOKED_AT) : [];
    return { tiles: await tilesOf(ids), heard: meaning?.heard ?? [] };
  };
}

import { LRUCache } from "lru-cache";
import type { Ports } from "#server/ports.ts";

/** Addresses that are remembered of a person: more than a wall shows at once. */
const REMEMBERED = 2_000;

/**
 * Whether a stored picture or film is theirs, by its content address. What was theirs once is not asked for again: that it is
 * no more, only its file's end says.
 */
export function makeOwnsFile({ files }: Pick<Ports, "files">) {
  const known = new LRUCache<string, true>({ max: REMEMBERED });
  return async function ownsFile(sha256: string): Promise<boolean> {
    if (known.get(sha256)) return true;
    const isOwn = await files.isOwn(sha256);
    if (isOwn) known.set(sha256, true);
    return isOwn;
  };
}

/** A picture that is sent to be painted over, kept and theirs. */
export const makeKeepSketch =
  ({ blobs, files, now }: Pick<Ports, "blobs" | "files" | "now">) =>
  async (png: Uint8Array): Promise<{ sha256: string }> => {
    const kept = await blobs.put(png);
    await files.addSketch(kept.sha256, now());
    return kept;
  };

import { MAX_MANY } from "#contracts/terms.ts";

/** However many there are: as many as a call takes, one call after another, until one fails. Those that were done. */
export async function inTurns<T>(all: readonly T[], act: (part: T[]) => Promise<unknown>): Promise<T[]> {
  const done: T[] = [];
  while (done.length < all.length) {
    const part = all.slice(done.length, done.length + MAX_MANY);
    const isDone = await act(part).then(
      () => true,
      () => false,
    );
    if (!isDone) break;
    done.push(...part);
  }
  return done;
}

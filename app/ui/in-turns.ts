import { MAX_MANY } from "#contracts/terms.ts";

/** However many there are: as many as a call takes, one call after another. The first that fails is the last. */
export async function inTurns<T, R>(all: readonly T[], act: (part: T[]) => Promise<R>): Promise<R[]> {
  const answers: R[] = [];
  for (let from = 0; from < all.length; from += MAX_MANY) answers.push(await act(all.slice(from, from + MAX_MANY)));
  return answers;
}

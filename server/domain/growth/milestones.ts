/** What is worth telling once: a level reached, a round number of works. */
import { levelOf, titleOf } from "./experience.ts";

export interface Milestone {
  /** The same for the same milestone. */
  readonly key: string;
  readonly text: string;
}

const ROUND = [1, 10, 50, 100, 500, 1_000, 5_000, 10_000];

export function milestonesAt({ works, experience }: { works: number; experience: number }): Milestone[] {
  const level = levelOf(experience);
  const reached = ROUND.findLast((count) => works >= count);
  const title = titleOf(level);
  return [
    ...(reached === undefined ? [] : [{ key: `works:${reached}`, text: worksText(reached) }]),
    ...(level === 1
      ? []
      : [{ key: `level:${level}`, text: `I am at level ${level} now: ${article(title)} ${title}.` }]),
  ];
}

const worksText = (count: number): string =>
  count === 1 ? "My first work hangs on the wall." : `I have painted ${count.toLocaleString("en")} works.`;
const article = (noun: string): string => (/^[AEIOU]/.test(noun) ? "an" : "a");

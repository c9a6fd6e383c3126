/** What is worth showing of a night, and telling of a week. */
import type { Mood } from "#contracts/moods.ts";
import { likeness } from "#server/domain/concept/critique.ts";
import { hear } from "#server/domain/concept/propose.ts";

const HUNG = 5;
/** What a work that is wholly like one that hangs already loses of its score. */
const SAMENESS_COSTS = 0.5;

interface Shown {
  readonly prompt: string;
  readonly score: number;
  readonly createdAt: Date;
}

/** From the end of the quiet hours before to the end of those of this morning; null before that. */
export function nightBefore(now: Date, quietTo: number): { from: Date; to: Date } | null {
  const to = new Date(now);
  to.setHours(quietTo, 0, 0, 0);
  if (now < to) return null;
  const from = new Date(to);
  from.setDate(from.getDate() - 1);
  return { from, to };
}

/** The best few, each as different as may be from those that hang already; the best comes first. */
export function hang<T extends Shown>(works: readonly T[]): T[] {
  const hung: T[] = [];
  const left = [...works];
  while (hung.length < HUNG && left.length > 0) {
    const worthOf = ({ prompt, score }: T) =>
      score -
      SAMENESS_COSTS * Math.max(0, ...hung.map((other) => likeness(hear(prompt, null), hear(other.prompt, null))));
    const best = left.reduce((a, b) => (worthOf(b) > worthOf(a) ? b : a));
    hung.push(best);
    left.splice(left.indexOf(best), 1);
  }
  return hung;
}

/** The last week that is over, from Monday to Monday. */
export function weekBefore(now: Date): { from: Date; to: Date } {
  const to = new Date(now);
  to.setHours(0, 0, 0, 0);
  to.setDate(to.getDate() - ((to.getDay() + 6) % 7));
  const from = new Date(to);
  from.setDate(from.getDate() - 7);
  return { from, to };
}

export const within = <T extends { readonly createdAt: Date }>(
  works: readonly T[],
  { from, to }: { from: Date; to: Date },
): T[] => works.filter(({ createdAt }) => createdAt >= from && createdAt < to);

interface Remembered {
  readonly title: string;
  readonly mood: Mood | null;
  readonly score: number;
  readonly worth: number | null;
}

/** A week in her words, from what she painted in it; there must be something. */
export function weekInWords(works: readonly Remembered[]): string {
  const count = works.length === 1 ? "one work" : `${works.length} works`;
  const moods = new Map<Mood, number>();
  for (const { mood } of works) if (mood) moods.set(mood, (moods.get(mood) ?? 0) + 1);
  const [most] = [...moods].sort(([, a], [, b]) => b - a);
  const heard = works.filter(({ worth }) => worth !== null);
  const best = heard.toSorted((a, b) => b.worth! - a.worth! || b.score - a.score)[0];
  const own = works.toSorted((a, b) => b.score - a.score)[0]!;
  const reception =
    best === undefined
      ? `Nobody told me what they thought of them. By my own measure "${own.title}" was the best.`
      : best.worth! > 0
        ? `What was received best is "${best.title}"${best.title === own.title ? ", and I think so too" : `; I myself would have said "${own.title}"`}.`
        : `Nothing of it was much liked. I keep "${own.title}" in mind all the same.`;
  return [`I painted ${count} last week${most && most[1] > 1 ? `, most often ${most[0]}` : ""}.`, reception].join(" ");
}

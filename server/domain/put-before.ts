/** The same things in another order: one stands before another, which must be among them, or last (null). Before itself, it stays. */
export function putBefore<T>(all: readonly T[], moved: T, before: T | null): readonly T[] {
  if (before === moved) return all;
  const others = all.filter((one) => one !== moved);
  return others.toSpliced(before === null ? others.length : others.indexOf(before), 0, moved);
}

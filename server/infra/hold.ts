interface Held<T> {
  readonly at: number;
  readonly value: Promise<T>;
}

/** What was asked at most `maxAgeMs` ago is not asked again, by however many. */
export function hold<T>(ask: () => Promise<T>) {
  let held: Held<T> | undefined;
  return (maxAgeMs: number): Promise<T> => {
    if (!held || performance.now() - held.at > maxAgeMs) held = { at: performance.now(), value: ask() };
    return held.value;
  };
}

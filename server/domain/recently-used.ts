/** So many values at most: whichever was not asked for longest gives way. */
export class RecentlyUsed<K, V> {
  readonly #held = new Map<K, V>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  get(key: K): V | undefined {
    const value = this.#held.get(key);
    if (value !== undefined) this.#use(key, value);
    return value;
  }

  set(key: K, value: V): void {
    this.#use(key, value);
    for (const oldest of this.#held.keys()) {
      if (this.#held.size <= this.#most) return;
      this.#held.delete(oldest);
    }
  }

  /** A Map keeps what was put into it last at its end. */
  #use(key: K, value: V): void {
    this.#held.delete(key);
    this.#held.set(key, value);
  }
}

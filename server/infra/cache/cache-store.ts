/** Where a cache keeps its texts. All of it may throw: a store can be away. */
export interface CacheStore {
  get(key: string): Promise<string | null>;
  put(key: string, text: string): Promise<void>;
  /** The right to load what is missing, for all who share the store; null while another has it. It ends by itself. */
  claim(key: string): Promise<(() => Promise<void>) | null>;
}

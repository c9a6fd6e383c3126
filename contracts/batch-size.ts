/** Calls that are asked for at once (tRPC's batches). Each of them counts, where it is counted how often somebody asks. */
export const BATCH_AT_MOST = 32;

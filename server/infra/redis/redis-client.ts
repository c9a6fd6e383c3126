import { Redis } from "ioredis";

const LONGEST_PAUSE_MS = 1_000;
const ANSWER_WITHIN_MS = 1_000;

/**
 * One connection, which comes back by itself however long Redis was away. Meanwhile every command fails at once or within a
 * second: whoever asks has a way to go on without.
 */
export function openRedis(url: string, onError: (error: Error) => void): Redis {
  return new Redis(url, {
    enableOfflineQueue: false,
    commandTimeout: ANSWER_WITHIN_MS,
    socketTimeout: 2 * ANSWER_WITHIN_MS,
    retryStrategy: (times) => Math.min(50 * times, LONGEST_PAUSE_MS),
  }).on("error", onError);
}

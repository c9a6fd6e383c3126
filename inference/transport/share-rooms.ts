/** Rooms over all inference processes: whoever watches by one sees what another paints. */
import { createAdapter } from "@socket.io/redis-adapter";
import { Redis, type RedisOptions } from "ioredis";
import type { Server } from "socket.io";

const PREFIX = "aria:sockets";
const LONGEST_PAUSE_MS = 1_000;
const ANSWER_WITHIN_MS = 2_000;

/** What cannot be told to Redis now is of no use later: nothing is queued for when it comes back. */
const HASTY: RedisOptions = {
  enableOfflineQueue: false,
  commandTimeout: ANSWER_WITHIN_MS,
  socketTimeout: 2 * ANSWER_WITHIN_MS,
  retryStrategy: (times) => Math.min(50 * times, LONGEST_PAUSE_MS),
};

/** A Redis whose connection comes back by itself, however long it was away. */
export function openRedis(url: string, onError: (error: Error) => void): Redis {
  return new Redis(url, HASTY).on("error", onError);
}

/**
 * By publish and subscribe rather than by a stream: what is shown is a hint, those who watch by this very process go on
 * seeing it while Redis is away, and a Redis that comes back brings nobody an hour of old strokes.
 */
export function shareRooms(io: Pick<Server, "adapter">, redis: Redis, onError: (error: Error) => void): void {
  // It listens as soon as it can, however long that takes: the adapter waits for no answer, and none may fail.
  const heard = redis.duplicate({
    enableOfflineQueue: true,
    commandTimeout: undefined,
    socketTimeout: undefined,
    maxRetriesPerRequest: null,
  });
  heard.on("error", onError);
  // The adapter waits for no answer: one that fails would end the process.
  const told: Redis = Object.assign(Object.create(redis), {
    publish: (channel: string, message: Buffer) => redis.publish(channel, message).catch(() => 0),
  });
  io.adapter(createAdapter(told, heard, { key: PREFIX }));
}

/** By the first all the others should listen to it, too; by the second also those of a machine that has much to do. */
const AGAIN_AFTER_MS = [2 * LONGEST_PAUSE_MS, 6 * LONGEST_PAUSE_MS];

/** Once Redis is there again after it was not and, some moments later, twice more. */
export function onBack(redis: Redis, work: () => void): void {
  let wasAway = false;
  redis.on("close", () => {
    wasAway = true;
  });
  redis.on("ready", () => {
    if (!wasAway) return;
    work();
    for (const ms of AGAIN_AFTER_MS) setTimeout(work, ms).unref();
  });
}

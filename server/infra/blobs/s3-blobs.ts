/** Pictures in a store that speaks S3, for machines that share no disk. */
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { S3mini, S3ServiceError } from "s3mini";
import { AriaError } from "#contracts/errors.ts";
import { hold } from "#server/infra/hold.ts";
import type { BlobStore } from "#server/ports.ts";
import { addressOf, sweepFolder } from "./fs-blobs.ts";

export interface S3Settings {
  /** With the bucket: https://s3.example/aria. */
  readonly url: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

interface Options {
  /** A folder of this machine with files made from pictures; it is swept alike. */
  readonly derived?: string;
  /** How long a store that is away is waited for before a picture that was painted is given up. */
  readonly waitMs?: number;
  /** How many are listed at a time; no store gives more than a thousand. */
  readonly pageSize?: number;
}

const PREFIX = "blobs/";
const PROBE = "probe/writable";
/** Readiness is asked for every few seconds, and each look costs a request. */
const WRITABLE_HOLDS_MS = 10_000;
const ANSWER_WITHIN_MS = 20_000;
const PROBE_WITHIN_MS = 2_000;
const PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 4_000;
const PAGE = 500;

const keyOf = (sha256: string): string => `${PREFIX}${sha256.slice(0, 2)}/${sha256}.png`;

/** What it refuses for good reason it will refuse again; a full, tired or absent store may be another in a moment. */
const isRefusal = (error: unknown): boolean =>
  error instanceof S3ServiceError && error.status >= 400 && error.status < 500 && error.status !== 429;

function away(cause: unknown): AriaError<"UNAVAILABLE"> {
  const reason = isRefusal(cause)
    ? "The picture store refuses what is written to it: look at its keys and its bucket."
    : "The picture store does not answer just now.";
  return new AriaError("UNAVAILABLE", { dependency: "storage", reason }, { cause });
}

const storeAt = ({ url: endpoint, ...settings }: S3Settings, requestAbortTimeout: number): S3mini =>
  new S3mini({ endpoint, requestAbortTimeout, ...settings });

/** Content-addressed, `blobs/<first two hex digits>/<sha256>.png`: an object is there whole or not at all (S3's own promise). */
export function s3Blobs(settings: S3Settings, { derived, waitMs = 0, pageSize = PAGE }: Options = {}): BlobStore {
  const store = storeAt(settings, ANSWER_WITHIN_MS);
  const probe = storeAt(settings, PROBE_WITHIN_MS);
  const isWritable = hold(() =>
    probe.putObject(PROBE, "writable").then(
      () => true,
      () => false,
    ),
  );

  return {
    async put(picture) {
      const sha256 = createHash("sha256").update(picture).digest("hex");
      const put = () => store.putObject(keyOf(sha256), Buffer.from(picture), "application/octet-stream");
      await patiently(put, waitMs);
      return { sha256 };
    },
    async read(sha256) {
      const bytes = await store.getObjectArrayBuffer(keyOf(sha256)).catch((cause: unknown) => {
        throw away(cause);
      });
      return bytes === null ? null : new Uint8Array(bytes);
    },
    async sweep(known, minAgeMs) {
      const made = derived === undefined ? 0 : await sweepFolder(derived, known, minAgeMs);
      return made + (await sweepStore(store, known, { minAgeMs, pageSize }));
    },
    writable: () => isWritable(WRITABLE_HOLDS_MS),
  };
}

/** Throws UNAVAILABLE, at once where it was refused. */
async function patiently(attempt: () => Promise<unknown>, waitMs: number): Promise<void> {
  const until = performance.now() + waitMs;
  for (let pauseMs = PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    try {
      await attempt();
      return;
    } catch (cause) {
      if (isRefusal(cause) || performance.now() + pauseMs > until) throw away(cause);
      await sleep(pauseMs);
    }
  }
}

interface Listed {
  readonly Key: string;
  readonly LastModified: Date;
}

async function sweepStore(
  store: S3mini,
  known: Parameters<BlobStore["sweep"]>[0],
  { minAgeMs, pageSize }: { minAgeMs: number; pageSize: number },
): Promise<number> {
  const isOld = ({ LastModified }: Listed) => Date.now() - LastModified.getTime() >= minAgeMs;
  let removed = 0;
  for (let token: string | undefined, isFirst = true; isFirst || token !== undefined; isFirst = false) {
    const page = await store.listObjectsPaged("/", PREFIX, pageSize, token);
    const old: Listed[] = (page?.objects ?? []).filter(isOld);
    const rows = await known(old.map(({ Key }) => addressOf(Key)));
    for (const { Key } of old) {
      if (rows.has(addressOf(Key))) continue;
      // Put again since it was listed: its row may be as new.
      const [again] = (await store.listObjectsPaged("/", Key, 1))?.objects ?? [];
      if (!again || !isOld(again)) continue;
      await store.deleteObject(Key);
      removed++;
    }
    token = page?.nextContinuationToken;
  }
  return removed;
}

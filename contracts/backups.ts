/** A backup as it describes itself, and as people see it. */
import { z } from "zod";

/** When it was begun, in UTC, to the millisecond; its folder's name. */
export const BackupId = z.string().regex(/^\d{8}T\d{9}Z$/, "must look like 20261122T064418123Z");
export type BackupId = z.infer<typeof BackupId>;

/** By the clock, because a person asked, or as what a restore may be undone by. */
const BackupKind = z.enum(["daily", "asked", "restore point"]);
export type BackupKind = z.infer<typeof BackupKind>;

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const Count = z.number().int().min(0);
const Named = z.object({ name: z.string().regex(/^[a-z0-9_-]+$/) });

const BackedUpTable = Named.extend({
  /** Those that are not computed by the database. */
  columns: z.array(z.string().min(1)),
  rows: Count,
  /** Of its file, compressed. */
  bytes: Count,
  sha256: Sha256,
  /** Of its rows as COPY writes them, by their key in order: the same rows give the same, wherever they lie. */
  rowsSha256: Sha256,
});
export type BackedUpTable = z.infer<typeof BackedUpTable>;

const BackedUpFile = Named.extend({ bytes: Count, sha256: Sha256 });
export type BackedUpFile = z.infer<typeof BackedUpFile>;

/** Written last: a folder without one is no backup. */
export const BackupManifest = z.object({
  format: z.literal(1),
  id: BackupId,
  kind: BackupKind,
  madeAt: z.iso.datetime(),
  /** The schema that the rows fit, as migrations in the order they were applied in; `checksum` is of the file. */
  migrations: z.array(z.object({ name: z.string().min(1), checksum: Sha256 })).min(1),
  tables: z.array(BackedUpTable),
  sequences: z.array(Named.extend({ value: z.string().regex(/^-?\d+$/), isCalled: z.boolean() })),
  /** A list of their own names them, one a line, with their sizes. */
  pictures: z.object({ count: Count, bytes: Count, listSha256: Sha256 }),
  /** Pictures that rows name and that were lost before this backup was made. */
  lost: z.array(Sha256),
  files: z.array(BackedUpFile),
});
export type BackupManifest = z.infer<typeof BackupManifest>;

export interface BackupCard {
  readonly id: BackupId;
  readonly kind: BackupKind;
  readonly madeAt: Date;
  readonly artworks: number;
  /** As if it lay alone: pictures that other backups hold too are counted. */
  readonly bytes: number;
  /** Pictures that were lost before it was made. */
  readonly lost: number;
  /** When every byte of it was last read and compared; null: never. */
  readonly verifiedAt: Date | null;
  /** What was wrong with it then. */
  readonly faults: number;
}

export interface BackupProgress {
  readonly stage: "tables" | "pictures" | "verifying" | "rows";
  readonly done: number;
  /** 0: not known yet. */
  readonly of: number;
}

export interface Backups {
  /** Newest first. */
  readonly kept: readonly BackupCard[];
  readonly underWay: BackupProgress | null;
  /** Somebody asked for one, and no studio has begun it yet. */
  readonly isAsked: boolean;
}

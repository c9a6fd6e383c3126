/** What whoever looks after Aria sees of her: everybody's orders, how she fares by day, what she holds, what she has learned. */
import { z } from "zod";
import type { InferenceHealth } from "./generation.ts";
import type { Check } from "./health.ts";
import type { ArtistId, Dimension } from "./mind.ts";
import type { Mood } from "./moods.ts";
import type { OrderId, OrderState } from "./order.ts";
import { type ApiKey, PersonId } from "./people.ts";
import { TREND_SPANS } from "./terms.ts";

/** Offsets are refused: a day is 23 or 25 hours long where the clocks change. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: name }));
  } catch {
    return false;
  }
}

const TimeZone = z
  .string()
  .max(64, "must be at most 64 characters")
  .refine(isTimeZone, "must be the name of a time zone, as Europe/Berlin");

/** In the zone of whoever looks: "today" begins there. */
export const OverviewInput = z.object({ timeZone: TimeZone });
export const TrendsInput = OverviewInput.extend({ days: z.literal([...TREND_SPANS], "must be 7, 30 or 90") });

export const AuditPageInput = z.object({
  /** Null: the owner, at the machine itself, and whoever is there no more are among all the others. */
  personId: PersonId.optional(),
  /** A procedure, as "person.create". */
  action: z.string().max(60, "must be at most 60 characters").optional(),
  /** The last entry seen. */
  cursor: z
    .string()
    .regex(/^\d{1,18}$/, "must be the id of an entry")
    .nullish(),
  limit: z.int().min(1, "must be 1 to 100").max(100, "must be 1 to 100").default(20),
});
export type AuditPageInput = z.infer<typeof AuditPageInput>;

/** By whom, and what was done, of all that is written down. */
export interface AuditFacets {
  readonly people: readonly { readonly id: PersonId; readonly name: string }[];
  readonly actions: readonly string[];
}

/** An order as it stands in everybody's line. */
export interface QueuedOrder {
  readonly id: OrderId;
  /** Null until she has decided. */
  readonly title: string | null;
  /** Empty where it was left to her. */
  readonly theme: string;
  readonly artist: string;
  /** Whose it is; null where nobody else lives here. */
  readonly person: string | null;
  readonly modelId: string;
  readonly count: number;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly state: OrderState;
  /** How often inference was away or busy when its turn came. */
  readonly refusals: number;
  readonly failure: { readonly code: string; readonly message: string } | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

export interface Queue {
  readonly isPaused: boolean;
  readonly painting: readonly QueuedOrder[];
  /** The first of those that wait, in the order they are taken in; `waitingInAll` says how many there are. */
  readonly waiting: readonly QueuedOrder[];
  readonly waitingInAll: number;
  /** What failed or was cancelled within a day, the latest first. */
  readonly ended: readonly QueuedOrder[];
}

/** What ought to be looked at, in the order of how much it matters. */
export type Attention =
  | { readonly kind: "check"; readonly name: Check["name"] }
  | { readonly kind: "model"; readonly title: string }
  | { readonly kind: "failed"; readonly count: number }
  | { readonly kind: "damagedBackup"; readonly count: number }
  /** Null: there never was one. */
  | { readonly kind: "lateBackup"; readonly since: Date | null }
  | { readonly kind: "paused"; readonly waiting: number };

/** How many orders came to which end. */
export interface Ends {
  readonly done: number;
  readonly failed: number;
  readonly cancelled: number;
}

export interface ProgramMemory {
  readonly program: "web" | "studio" | InferenceHealth["programs"][number]["program"];
  readonly residentBytes: number;
}

export interface Overview {
  readonly attention: readonly Attention[];
  readonly waiting: number;
  readonly today: Ends;
  readonly people: number;
  readonly backups: { readonly kept: number; readonly newest: Date | null; readonly nextAt: Date };
  /** What the machine, or the container, has and uses; null where that cannot be told. */
  readonly memory: { readonly usedBytes: number; readonly totalBytes: number };
  readonly freeDiskBytes: number | null;
  readonly programs: readonly ProgramMemory[];
}

export interface TrendDay extends Ends {
  /** As 2026-11-22, in the zone asked for. */
  readonly day: string;
  /** Means over what was kept that day, 0..1; null where nothing was, or nobody judged it so. */
  readonly score: number | null;
  readonly agreement: number | null;
  readonly aesthetic: number | null;
  /** From when a studio took an order to when its artwork was kept: of half of them at most this, and of 95 %. */
  readonly p50Seconds: number | null;
  readonly p95Seconds: number | null;
}

export interface Trends {
  /** Oldest first; every day of the span is there. */
  readonly days: readonly TrendDay[];
  /** Most often first. */
  readonly failures: readonly { readonly code: string; readonly count: number }[];
  readonly models: readonly { readonly modelId: string; readonly works: number }[];
  readonly words: readonly { readonly word: string; readonly orders: number }[];
}

/** What the database holds. */
export interface Holdings {
  readonly databaseBytes: number;
  /** The largest first; rows as PostgreSQL estimates them. */
  readonly tables: readonly { readonly name: string; readonly rows: number; readonly bytes: number }[];
  /** Candidates, kept or not, and the bytes of their files. */
  readonly pictures: { readonly count: number; readonly bytes: number };
}

/** The arm that gave most in a mood. */
export interface Leader {
  /** Null: over all moods. */
  readonly mood: Mood | null;
  readonly dimension: Dimension;
  readonly arm: string;
  /** Of the posterior's reward, 0..1; 0.5 is what is believed of an arm that nobody tried. */
  readonly mean: number;
  /** Reactions that say so, faded by time. */
  readonly tries: number;
}

export interface Learned {
  readonly id: ArtistId;
  readonly name: string;
  readonly leaders: readonly Leader[];
  readonly taste: {
    readonly duels: number;
    readonly checks: number;
    readonly right: number;
    readonly isHeard: boolean;
  };
}

export interface PersonsKey extends ApiKey {
  readonly person: string;
}

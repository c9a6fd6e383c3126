/** What the services need of the outside world. Infrastructure implements these; nothing here does. */
import type { Artwork, ArtworkId, ArtworkTile, FocalPoint } from "#contracts/artwork.ts";
import type { BackupCard, BackupId, BackupKind, Backups } from "#contracts/backups.ts";
import type {
  Collection,
  CollectionCard,
  CollectionId,
  CreateCollectionInput,
  MoveItemInput,
} from "#contracts/collections.ts";
import type { DuelAnswer } from "#contracts/duels.ts";
import type { ErrorCode } from "#contracts/errors.ts";
import type { ExportSettings } from "#contracts/exports.ts";
import type { FlagName, FlagValue, OutcomeKind } from "#contracts/flag-names.ts";
import type { FlagExposures, FlagSettings } from "#contracts/flags.ts";
import type {
  FirstSteps,
  GalleryFacets,
  GalleryFilter,
  GalleryOutline,
  GalleryPageInput,
  Relative,
} from "#contracts/gallery.ts";
import type { InferenceHealth, PaintOrder, PaintReply, Scores } from "#contracts/generation.ts";
import type { OrderProgress, Stroke } from "#contracts/generation-events.ts";
import type { Lexicon, Meaning } from "#contracts/lexicon.ts";
import type {
  Artist,
  ArtistId,
  Autonomy,
  Choice,
  CreateArtistInput,
  Dimension,
  EpisodeKind,
  FeedbackAction,
  MoodCause,
  MoodChange,
  Thought,
} from "#contracts/mind.ts";
import type {
  CatalogueEntry,
  InstallInput,
  InstallPlan,
  ModelAction,
  ModelTask,
  TaskInput,
} from "#contracts/models.ts";
import type { Mood } from "#contracts/moods.ts";
import type { DeviceInput, Notice, Topic } from "#contracts/notifications.ts";
import type {
  AuditFacets,
  AuditPageInput,
  Ends,
  Holdings,
  PersonsKey,
  QueuedOrder,
  TrendDay,
  Trends,
} from "#contracts/operations.ts";
import type { Order, OrderId, Origin } from "#contracts/order.ts";
import type {
  ApiKey,
  ApiKeyId,
  AuditEntry,
  CreateApiKeyInput,
  CreatePersonInput,
  Person,
  PersonId,
  ProfileInput,
  Role,
} from "#contracts/people.ts";
import type { SafetyRules } from "#contracts/safety.ts";
import type { Series, SeriesId } from "#contracts/series.ts";
import type { SharedArtwork, SharedThing, ShareSlug } from "#contracts/shares.ts";
import type { Retention } from "#server/domain/backups/retention.ts";
import type { Provenance } from "#server/domain/export/xmp.ts";
import type { Chosen } from "#server/domain/flags/choose-variant.ts";
import type { Evidence, Policy } from "#server/domain/learning/bandit.ts";
import type { KnownArm } from "#server/domain/learning/leaders.ts";
import type { Feeling } from "#server/domain/mood/live.ts";
import type { Brief } from "#server/domain/prompt/enhance.ts";

export interface ImageGenerator {
  /** Paints every seed of the order. Throws INVALID, NOT_FOUND, BUSY, UNAVAILABLE, GENERATION_FAILED or CANCELLED. */
  paint(order: PaintOrder, signal: AbortSignal): Promise<PaintReply>;
  /** Asks for the order to stop at its next step; quiet when it is not there. */
  cancel(id: OrderId): Promise<void>;
  /** Throws UNAVAILABLE when nobody answers. */
  health(): Promise<InferenceHealth>;
  /** What everyday words mean to the model; null where it needs none. Throws UNAVAILABLE when nobody answers. */
  lexicon(modelId: string): Promise<Lexicon | null>;
  /** What words mean to the model's scorer; null where that is nothing. Throws UNAVAILABLE when nobody answers. */
  meaning(modelId: string, words: string): Promise<Meaning | null>;
  /** Shows a thought to whoever watches the order; quiet when nobody answers, for it is stored. */
  whisper(orderId: OrderId, thought: Thought): Promise<void>;
}

/** What is shown of an order while it is painted. */
export interface OrderWatcher {
  /** From the last that was shown on. Lossy, and quiet where nobody answers. Gives the way to stop. */
  watch(id: OrderId, on: Watching): () => void;
}
export interface Watching {
  readonly stroke?: (stroke: Stroke) => void;
  readonly progress?: (progress: OrderProgress) => void;
}

/** The models of the machine that paints. All throw UNAVAILABLE when nobody answers there. */
export interface ModelKeeper {
  /** Throws NOT_FOUND, BUSY, GENERATION_FAILED; CONFLICT to unload one that is being painted with. */
  act(action: ModelAction, modelId: string): Promise<void>;
  /** For good. Throws NOT_FOUND, and CONFLICT for the built-in model or one in use. */
  remove(modelId: string): Promise<void>;
  /** What an install would do. Throws INVALID where it would be refused. */
  plan(input: InstallInput): Promise<InstallPlan>;
  /** Throws CONFLICT where the same is being done already, BUSY. */
  start(input: TaskInput): Promise<ModelTask>;
  /** Newest first; forgotten when inference ends. */
  tasks(): Promise<ModelTask[]>;
  /** False where it is over. */
  cancel(taskId: string): Promise<boolean>;
  catalogue(): Promise<CatalogueEntry[]>;
}

/** An order as it is written down: all gaps filled, not yet painted. */
export type NewOrder = Pick<Origin, "piece"> & {
  /** The trace it was placed in (W3C Trace Context); null where nobody traces. */
  readonly traceparent: string | null;
} & Omit<
    Order,
    | "state"
    | "seriesId"
    | "failure"
    | "startedAt"
    | "finishedAt"
    | "artworkId"
    | "candidates"
    | "reason"
    | "mood"
    | "subject"
    | "title"
    | "statement"
    | "thoughts"
    | "choices"
  >;

/** What she made of an order before it is painted. */
export interface Decided extends Pick<Order, "prompt" | "modelId" | "widthPx" | "heightPx" | "steps" | "guidance"> {
  readonly guidanceStop: number;
  readonly sampler: Order["sampler"];
  readonly scheduleType: Order["scheduleType"];
  readonly underpainting: number | null;
  readonly mood: Mood;
  readonly subject: string;
  readonly title: string;
  readonly statement: string;
  readonly choices: readonly Choice[];
}

/** The right to finish an order: worth nothing once another worker holds a later one. */
export interface Claim {
  readonly order: Order;
  readonly fence: number;
  /** Claims of this order that were never given back, this one included. */
  readonly attempts: number;
  /** How often inference was away or busy when its turn came. */
  readonly refusals: number;
  readonly traceparent: string | null;
}

export interface PaintedCandidate {
  readonly index: number;
  readonly seed: number;
  readonly sha256: string;
  readonly bytes: number;
  readonly thumbhash: string;
  readonly scores: Scores;
  readonly score: number;
  readonly hash: string;
  /** Null where the model has no scorer. */
  readonly embedding: Float32Array | null;
}

export interface Finish {
  readonly candidates: readonly PaintedCandidate[];
  readonly keptIndex: number;
  /** Content address of the film of the kept one; null where nothing was shown. */
  readonly film: string | null;
  readonly reason: string;
  readonly modelHash: string;
  readonly artworkId: ArtworkId;
  /** What it adds to the artist's experience. */
  readonly experience: number;
  /** What she remembers of it. */
  readonly memory: string;
  readonly at: Date;
}

/**
 * What people have made is reached through repositories of one person (`Ports.owner`): what is another's is to them as what is
 * not there. Making something under an id that is another's throws CONFLICT.
 */
export interface OrderRepo {
  /**
   * Writes the order and its job in one transaction; an order already known by this id is given back as it is. It is whose its
   * artist is. Throws NOT_FOUND where there is no such artist, CONFLICT where `MOST_WAITING` of one person's wait already.
   */
  place(order: NewOrder): Promise<Order>;
  get(id: OrderId): Promise<Order | null>;
  /** What people asked for, each theme once, the latest first. */
  themes(limit: number): Promise<string[]>;
  /** The one being painted, else the first in the line, else the last there was. */
  current(): Promise<Order | null>;
  /** Takes a waiting order, or one whose lease has run out; null when it is somebody else's, already over, or the line paused. */
  claim(id: OrderId, leaseMs: number, now: Date): Promise<Claim | null>;
  /** False when the order was cancelled or taken by another: stop painting. */
  renew(id: OrderId, fence: number, leaseMs: number, now: Date): Promise<boolean>;
  /** Adds a thought. False: the claim is lost, and nothing was written. */
  think(id: OrderId, fence: number, thought: Thought): Promise<boolean>;
  /** What will be painted, and what was chosen for it; in one transaction. False: nothing was written. */
  decide(id: OrderId, fence: number, decided: Decided): Promise<boolean>;
  /** Artwork, candidates, memory and "done" in one transaction, only for the holder of the fence. False: nothing was written. */
  finish(id: OrderId, fence: number, finish: Finish): Promise<boolean>;
  fail(id: OrderId, fence: number, failure: { code: ErrorCode; message: string }, now: Date): Promise<boolean>;
  /** Back to waiting, its job queued again: in its old place when the worker leaves, later when inference refused. */
  release(id: OrderId, fence: number, why: { now: Date; refusedForMs: number | null }): Promise<boolean>;
  /** Waiting or painting becomes cancelled; false when it was over already. */
  cancel(id: OrderId, now: Date): Promise<boolean>;
  /**
   * Queues again what is waiting without a job, or painting with a lease run out; with `goneBelowMs` of it left, or less, where who
   * claimed it is known to be gone. Returns how many.
   */
  requeueAbandoned(now: Date, goneBelowMs?: number): Promise<number>;
  /** Of everybody: what waits, and since when the first of it does; `isPainted` where a worker holds an order with a lease that still runs. */
  backlog(now: Date): Promise<Backlog>;
  /** Orders an artist has begun unasked since then, whatever became of them. */
  countOwn(artistId: ArtistId, since: Date): Promise<number>;
  /** Those of the content addresses that a candidate, a film or a sketch of anybody has. */
  knownFiles(sha256s: readonly string[]): Promise<ReadonlySet<string>>;
}

export interface Backlog {
  readonly waiting: number;
  /** Null where nothing waits. */
  readonly since: Date | null;
  readonly isPainted: boolean;
}

/** The line of orders, as people see and change it. */
export interface LineRepo {
  /** What is being painted, then what waits, in the order it will be taken in. */
  list(): Promise<Order[]>;
  /** A cancelled order waits again, in its old place. False: it is not cancelled. */
  restore(id: OrderId): Promise<boolean>;
  /** Puts a waiting order before another, or at the end (null), of their own. False: one of them does not wait any more. */
  move(id: OrderId, before: OrderId | null): Promise<boolean>;
  /** While it is, nothing new is begun, for nobody. */
  isPaused(): Promise<boolean>;
  setPaused(isPaused: boolean): Promise<void>;
}

export interface SeriesRepo {
  /** Known by this id already: nothing is written. */
  create(series: Omit<Series, "pieces">): Promise<void>;
  get(id: SeriesId): Promise<Series | null>;
  /** Newest first, with their pieces. */
  list(limit: number): Promise<Series[]>;
}

export interface ArtworkRepo {
  get(id: ArtworkId): Promise<Artwork | null>;
  /** Those of them that there are, the trash too. */
  known(ids: readonly ArtworkId[]): Promise<ReadonlySet<ArtworkId>>;
  /** The latest works of an artist, newest first, without the trash. */
  recent(artistId: ArtistId, limit: number): Promise<Work[]>;
  /** How many there are of an artist, without the trash. */
  count(artistId: ArtistId): Promise<number>;
  /** Sets or clears the trash mark; false when there is no such artwork. */
  mark(id: ArtworkId, trashedAt: Date | null): Promise<boolean>;
  /** For good, with their orders and all that was painted for these; their files are swept. Returns how many. */
  purge(trashedBefore: Date): Promise<number>;
  /** Null: by saliency again. False: there is none. */
  setFocal(id: ArtworkId, focal: FocalPoint | null): Promise<boolean>;
}

/** The wall that artworks hang on: read in any order, by any filter, from any place. */
export interface GalleryRepo {
  page(query: GalleryPageInput): Promise<ArtworkTile[]>;
  /** In time that grows with the wall: about a millisecond a thousand artworks. */
  outline(filter: GalleryFilter): Promise<GalleryOutline>;
  /** Those of them that are not in the trash, in the order asked for. */
  tiles(ids: readonly ArtworkId[]): Promise<ArtworkTile[]>;
  facets(): Promise<GalleryFacets>;
  /** The whole family of a work, whoever all of them descend from first; empty where there is no such work. */
  family(id: ArtworkId): Promise<Relative[]>;
  /** What a newcomer has done already. */
  firstSteps(): Promise<FirstSteps>;
  /** To be read before what is kept by them, never after. */
  versions(): Promise<WallVersions>;
  /** In the order they were painted in, from after one on; the trash too. */
  embeddings(after: Pick<Embedded, "createdAt" | "id"> | null, limit: number): Promise<Embedded[]>;
}

/** Another as soon as what it stands for is: tokens that never come back. */
export interface WallVersions {
  readonly artworks: string;
  /** What is said of them, and where they hang. */
  readonly relations: string;
}

/** What a cache counts its answers by. */
export type CacheName = "wall_page" | "wall_outline" | "wall_facets";

/** Where something is kept, and for how long it holds: while `version` is the one there is. */
export interface CacheEntry {
  readonly cache: CacheName;
  /** Whose it is: nothing crosses from one scope into another. */
  readonly scope: string;
  readonly key: string;
  readonly version: string;
}

/** What was expensive to find out, kept near. */
export interface Cache {
  /**
   * What is kept under this version, else what `load` gives: however many ask at once, over all processes that share the cache,
   * it is loaded once. What does not fit `shape` is loaded anew, and a cache that is away is passed by. Several may be given the
   * same object: it is not to be changed. Throws what `load` throws, and nothing else.
   */
  through<T>(at: CacheEntry, shape: { parse(value: unknown): T }, load: () => Promise<T>): Promise<T>;
}

/** `hit`: answered without a load of one's own. `error`: the cache could not be asked. */
export type CacheResult = "hit" | "miss" | "error";

export interface Embedded {
  readonly id: ArtworkId;
  readonly modelId: string;
  readonly createdAt: Date;
  /** Of unit length; null where the model that painted it has no scorer. */
  readonly embedding: Float32Array | null;
}

export interface CollectionRepo {
  /** Newest first. */
  list(): Promise<CollectionCard[]>;
  /** Without what is in the trash. */
  get(id: CollectionId): Promise<Collection | null>;
  /** Known by this id already: nothing is written. */
  create(collection: CreateCollectionInput, now: Date): Promise<void>;
  /** False: there is none. So too below. */
  rename(id: CollectionId, name: string): Promise<boolean>;
  /** Taken down, with its links leading nowhere, until it is restored. */
  remove(id: CollectionId, now: Date): Promise<boolean>;
  restore(id: CollectionId): Promise<boolean>;
  /**
   * At the end, in the order given; those that hang there already stay where they are. Gives the others. Throws NOT_FOUND, and
   * INVALID where it is full.
   */
  add(id: CollectionId, artworkIds: readonly ArtworkId[]): Promise<ArtworkId[]>;
  /** Throws NOT_FOUND. */
  take(id: CollectionId, artworkIds: readonly ArtworkId[]): Promise<void>;
  /** Throws NOT_FOUND, also where the artwork does not hang there. */
  move(move: MoveItemInput): Promise<void>;
  cover(id: CollectionId, artworkId: ArtworkId): Promise<boolean>;
}

/** An artwork as she remembers it. */
export interface Work extends ArtworkTile {
  readonly mood: Mood | null;
  readonly score: number;
  /** Mean worth of the reactions to it, -1..1; null where there were none. */
  readonly worth: number | null;
  /** Difference hash; empty for what was painted before it was taken. */
  readonly hash: string;
}

export interface Episode {
  /** Counts up as they are written down. */
  readonly id: number;
  readonly at: Date;
  readonly kind: EpisodeKind;
  readonly text: string;
  readonly artworkId: ArtworkId | null;
}

/** A link as it is written down. */
export interface ShareRow {
  readonly slug: ShareSlug;
  readonly of: SharedThing;
  readonly passwordHash: string | null;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  readonly views: number;
  readonly createdAt: Date;
}

/** Links are made, listed and revoked by whoever owns what they lead to; what else is asked of one, anybody may who has it. */
export interface ShareRepo {
  /** Throws NOT_FOUND where there is nothing to share. */
  create(row: ShareRow): Promise<void>;
  get(slug: ShareSlug): Promise<ShareRow | null>;
  /** Every link to it, newest first, those that are over too. */
  of(of: SharedThing): Promise<ShareRow[]>;
  /** False: there is none. */
  revoke(slug: ShareSlug, now: Date): Promise<boolean>;
  countView(slug: ShareSlug): Promise<void>;
  /** One of what it leads to; null where it is none of these. */
  artwork(of: SharedThing, id: ArtworkId): Promise<SharedArtwork | null>;
  /** What it leads to, without the trash; `name` is the collection's. */
  artworks(of: SharedThing): Promise<{ name: string | null; artworks: SharedArtwork[] }>;
}

export interface ExportedFile {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly extension: string;
}

export interface PictureExporter {
  export(png: Uint8Array, settings: ExportSettings, provenance: Provenance): Promise<ExportedFile>;
  /** The middle of the best crop of this shape, width over height. */
  findFocus(png: Uint8Array, aspect: number): Promise<FocalPoint>;
}

/** An operator's rules of what is not painted; STRICT until they are written. */
export interface SafetyRepo {
  read(): Promise<SafetyRules>;
  write(rules: SafetyRules): Promise<void>;
}

/** Whose a stored picture or film is: its address is known to whoever has seen it, and is no right to it. */
export interface FileRepo {
  /** A picture that a person sent to be painted over is theirs from now on. */
  addSketch(sha256: string, now: Date): Promise<void>;
  /** A candidate, a film or a sketch of theirs. */
  isOwn(sha256: string): Promise<boolean>;
  /** Sketches sent before then, but for what an order was painted over: theirs no more, and their files may go. */
  forgetSketches(before: Date): Promise<void>;
}

export interface DeviceRepo {
  /** Known by its endpoint already: changed, and theirs from now on. Without topics it is forgotten; of too many, the oldest. */
  put(device: DeviceInput, now: Date): Promise<void>;
  forget(endpoint: string): Promise<void>;
  topicsOf(endpoint: string): Promise<Topic[]>;
  /** Those of whoever the artist belongs to that want to be told of it. */
  about(topic: Topic, artistId: ArtistId): Promise<DeviceInput[]>;
}

/** Tells a device something while nobody looks. */
export interface Pusher {
  /** In base64url, as `PushManager.subscribe` wants it; made at the first start and kept. */
  publicKey(): Promise<string>;
  /** "gone": the device is not there any more. Throws where its push service cannot be reached. */
  send(device: DeviceInput, notice: Notice): Promise<"sent" | "gone">;
}

/** How often a password was tried in vain of late, by what on: an account, a link. */
export interface Tries {
  /**
   * Takes one, before it is known whether it is right: of those tried at once none comes for nothing. Milliseconds until it may
   * be tried again; null where it may now.
   */
  take(name: string): Promise<number | null>;
  /** It was right, or none. */
  giveBack(name: string): Promise<void>;
}

export interface PasswordKeeper {
  hash(password: string): Promise<string>;
  verify(password: string, hash: string): Promise<boolean>;
}

/** Whoever may come in; those who were taken out are not there. */
export interface PersonRepo {
  owner(): Promise<Person>;
  /** Oldest first. */
  list(): Promise<Person[]>;
  get(id: PersonId): Promise<Person | null>;
  /** With an artist of their own. Throws INVALID where the address is another's. */
  create(person: CreatePersonInput & { readonly id: PersonId }, now: Date): Promise<Person>;
  /** False where nobody is there, as of all that follow. */
  setRole(id: PersonId, role: Role, now: Date): Promise<boolean>;
  /** Throws INVALID where the address is another's. */
  setProfile(id: PersonId, profile: ProfileInput, now: Date): Promise<boolean>;
  isPassword(id: PersonId, password: string): Promise<boolean>;
  /** Ends all their sessions. */
  setPassword(id: PersonId, password: string, now: Date): Promise<boolean>;
  /** Ends their sessions, and their keys. The owner is never taken out. */
  remove(id: PersonId, now: Date): Promise<boolean>;
}

export interface ApiKeyRepo {
  /** The key itself, which is kept nowhere. */
  create(personId: PersonId, input: CreateApiKeyInput, now: Date): Promise<string>;
  /** Those that hold, newest first. */
  list(personId: PersonId): Promise<ApiKey[]>;
  /** False where it is not theirs, or holds no more. */
  revoke(personId: PersonId, id: ApiKeyId, now: Date): Promise<boolean>;
}

export interface AuditLog {
  /** `personId` null: the owner, at the machine itself. */
  write(entry: Omit<AuditEntry, "id" | "personName"> & { readonly personId: string | null }): Promise<void>;
  /** Newest first, from after the cursor on. */
  page(query: AuditPageInput): Promise<AuditEntry[]>;
  facets(): Promise<AuditFacets>;
}

/** What whoever looks after Aria sees and does: of everybody, whoever asks. */
export interface OperationsRepo {
  /** What is painted, and the first `limit` of what waits; of what failed or was cancelled since then, the latest. */
  queue(query: { readonly limit: number; readonly endedSince: Date }): Promise<{
    readonly painting: QueuedOrder[];
    readonly waiting: QueuedOrder[];
    readonly waitingInAll: number;
    readonly ended: QueuedOrder[];
  }>;
  isOrder(id: OrderId): Promise<boolean>;
  /** To the head of the line. False: it does not wait any more. */
  toFront(id: OrderId): Promise<boolean>;
  /** What failed or was cancelled waits again, at the end of the line, as if it had never been tried. False: it did neither. */
  retry(id: OrderId, now: Date): Promise<boolean>;
  /** How many orders came to which end, from the one moment to before the other. */
  ends(from: Date, to: Date): Promise<Ends>;
  /** A day between each two bounds, the first first; a day on which nothing ended is left out. `index` from 0. */
  days(bounds: readonly Date[]): Promise<(Omit<TrendDay, "day"> & { readonly index: number })[]>;
  /** Codes of failures, and works by model, most often first. */
  tallies(from: Date, to: Date): Promise<Pick<Trends, "failures" | "models">>;
  /** Words of the `latest` orders since then, said by `least` of them, of as many people or of all there are; the most said first. A series counts once. */
  words(query: {
    readonly since: Date;
    readonly latest: number;
    readonly least: number;
    readonly limit: number;
  }): Promise<Trends["words"]>;
  holdings(): Promise<Holdings>;
  /** What every studio that lives holds in memory, where it says so. */
  studioBytes(since: Date): Promise<number[]>;
  /** Every arm that was ever reacted to, faded to `now`. */
  arms(artistId: ArtistId, now: Date): Promise<KnownArm[]>;
  /** Keys that hold, of everybody, newest first. */
  keys(limit: number): Promise<PersonsKey[]>;
  /** Whosever it is. False where it holds no more. */
  revokeKey(id: ApiKeyId, now: Date): Promise<boolean>;
}

export interface ArtistRepo {
  /** Oldest first: Aria herself is the first. Those of people who were taken out live no more. */
  list(): Promise<Artist[]>;
  get(id: ArtistId): Promise<Artist | null>;
  /**
   * Changes what she feels, from what she feels when nobody else is changing it; `isNew` is one who never woke. Null: all stays. A mood that
   * she comes into is written to her history. Throws NOT_FOUND.
   */
  feel(id: ArtistId, now: Date, change: (artist: Artist, isNew: boolean) => Felt | null): Promise<Artist>;
  /** Known by this id already: as it is. Throws CONFLICT where the name is another's. */
  create(artist: CreateArtistInput, now: Date): Promise<Artist>;
  /** Throws NOT_FOUND. */
  setAutonomy(id: ArtistId, autonomy: Autonomy): Promise<Artist>;
  /** Plans the next work, if the last plan still stands; false: somebody else was quicker. */
  plan(id: ArtistId, last: Date | null, nextAt: Date): Promise<boolean>;
  /** Her history, newest first. */
  moods(id: ArtistId, limit: number): Promise<MoodChange[]>;
  /** The last that were written down come first; from the one `before` on. */
  episodes(id: ArtistId, page: { before: number | null; limit: number }): Promise<Episode[]>;
  remembers(key: string): Promise<boolean>;
  /** Once a key. */
  remember(id: ArtistId, episode: Omit<Episode, "id"> & { readonly key: string }): Promise<void>;
}

export interface Felt {
  readonly feeling: Feeling;
  readonly cause: MoodCause;
}

export interface LearningRepo {
  /** What is known of a dimension's arms in a mood, and in all moods, faded to `now`. */
  evidence(
    artistId: ArtistId,
    about: { dimension: Dimension; mood: Mood },
    now: Date,
  ): Promise<{ here: Evidence[]; everywhere: Evidence[] }>;
  /**
   * Writes a reaction down and teaches every choice of the artwork by it, its experience added, in one transaction.
   * False: it was there already. Throws NOT_FOUND.
   */
  react(artworkId: ArtworkId, reaction: Reaction): Promise<boolean>;
  /** Takes a reaction back, with what was learned from it. False: there was none. */
  takeBack(artworkId: ArtworkId, reaction: Reaction): Promise<boolean>;
  /** All that is known of every artist's arms over all moods, faded to `now` and added up. */
  tally(now: Date): Promise<Pick<Evidence, "successes" | "failures">>;
  /** Forgets all that was learned; reactions stay written down. */
  reset(artistId: ArtistId): Promise<void>;
}

export interface Reaction {
  readonly action: FeedbackAction;
  /** 0..1, as the arms are taught. */
  readonly reward: number;
  readonly experience: number;
  readonly at: Date;
}

/** An artwork as a person compares it with another. */
export interface Rival {
  readonly tile: ArtworkTile;
  /** Null where the model that painted it has no scorer. */
  readonly embedding: Float32Array | null;
}

export interface FoughtDuel {
  readonly winner: Rival;
  readonly loser: Rival;
  readonly foreseen: number;
  readonly isCheck: boolean;
}

export interface DuelRepo {
  /** The latest works of an artist, without the trash, newest first. */
  rivals(artistId: ArtistId, limit: number): Promise<Rival[]>;
  /** Throws NOT_FOUND where it is not this artist's. */
  rival(artistId: ArtistId, id: ArtworkId): Promise<Rival>;
  /** What became of every duel there was, oldest first. */
  answers(artistId: ArtistId): Promise<Pick<FoughtDuel, "foreseen" | "isCheck">[]>;
  /** The latest duels, oldest first. */
  fought(artistId: ArtistId, limit: number): Promise<FoughtDuel[]>;
  /** Once an id. Throws NOT_FOUND where one of the artworks is not this artist's. */
  settle(artistId: ArtistId, answer: DuelAnswer & { readonly foreseen: number; readonly at: Date }): Promise<void>;
}

export interface LlmSettings {
  readonly provider: "openai-compatible" | "anthropic" | "ollama";
  readonly model: string;
  /** The provider's own where it is not told. */
  readonly baseUrl?: string | undefined;
  readonly apiKey?: string | undefined;
  readonly timeoutMs: number;
}

/** A language model that words prompts. */
export interface PromptWriter {
  /** As people are told of it. */
  readonly name: string;
  /** Ends in time whatever happens; throws where `signal` is aborted, and nothing else. */
  write(brief: Brief, signal: AbortSignal): Promise<Written>;
}
export type Written =
  | { readonly text: string; readonly problem: null }
  | { readonly text: null; readonly problem: string };

export interface BlobStore {
  /** A PNG, or an animated WebP: durable when it resolves, under its content address. Throws UNAVAILABLE when the disk will not have it. */
  put(picture: Uint8Array): Promise<{ sha256: string }>;
  read(sha256: string): Promise<Uint8Array | null>;
  /** Removes files older than `minAgeMs` that were half written or that `known` does not give back. Returns how many. */
  sweep(known: (sha256s: readonly string[]) => Promise<ReadonlySet<string>>, minAgeMs: number): Promise<number>;
  /** Whether a file could be written just now. */
  writable(): Promise<boolean>;
}

/** What this process runs on. */
export interface Machine {
  /** Where pictures are stored. Throws where that is not there. */
  freeDiskBytes(): Promise<number>;
  /** What may be used, and what of it is. */
  memory(): Promise<{ readonly usedBytes: number; readonly totalBytes: number }>;
  /** What this process holds of it. */
  residentBytes(): number;
}

export interface Migrations {
  /** Names of those that come with this version and were not applied, the first first. Throws where that cannot be known. */
  pending(): Promise<string[]>;
}

/** Backups of the database, of the pictures and of the secrets. */
export interface BackupKeeper {
  read(): Promise<Backups>;
  /** Asks a studio for one; asked twice, one is made. */
  ask(): Promise<void>;
  /** Null: one is being made already. Throws UNAVAILABLE where there is no room, and the signal's reason. */
  make(kind: BackupKind, signal: AbortSignal): Promise<BackupCard | null>;
  /** For good, with the pictures that no other holds. False: one is being made just now, and nothing was removed. */
  remove(ids: readonly BackupId[]): Promise<boolean>;
}

/** What of Aria is tried out on some, through OpenFeature. */
export interface Flags {
  /**
   * What the variant stands for that a subject is given; that it was is written down, once. Without a subject it is whoever asks.
   * Never throws: where nothing can be found out, what is usual.
   */
  read<F extends FlagName>(flag: F, subject?: string): Promise<FlagValue<F>>;
  /** As it was given first, whatever was decided since; what is usual where it never was. */
  given<F extends FlagName>(flag: F, subject: string): Promise<FlagValue<F>>;
  /** Whoever asks, for all that `work` reads. */
  as<T>(caller: { readonly role: Role; readonly personId: string | null }, work: () => Promise<T>): Promise<T>;
}

export interface FlagExposure extends Omit<Chosen, "reason"> {
  readonly flag: FlagName;
  readonly subject: string;
  readonly reason: string;
  readonly at: Date;
}

export interface FlagOutcome {
  readonly variant: string;
  /** By chance, or by a rule: only the first says anything of the variant. */
  readonly reason: string;
  /** The chance it had of this variant, 0..1. */
  readonly share: number;
  /** 0 (poor) to 1 (good). */
  readonly value: number;
}

export interface FlagRepo {
  /** Off where nobody has decided. */
  settings(flag: FlagName): Promise<FlagSettings>;
  write(flag: FlagName, settings: FlagSettings, now: Date): Promise<void>;
  /** Once a subject and variant: the first counts. */
  expose(exposure: FlagExposure): Promise<void>;
  /** The first variant; null where there was none. */
  given(flag: FlagName, subject: string): Promise<string | null>;
  exposures(): Promise<FlagExposures[]>;
  /** What came of a subject, once a kind, for every flag that it was given a variant of; nothing where it was given none. */
  observe(subject: string, outcome: { kind: OutcomeKind; value: number; at: Date }): Promise<void>;
  /** In the order they came in, from the first on. */
  outcomes(flag: FlagName, kind: OutcomeKind, limit: number): Promise<FlagOutcome[]>;
}

export interface StudioPresence {
  /** `residentBytes`: what its process holds in memory, where it says so. */
  beat(id: string, now: Date, residentBytes?: number): Promise<void>;
  leave(id: string): Promise<void>;
  /** Time of the latest beat of any studio. */
  lastSeen(): Promise<Date | null>;
}

/** An order that came to its end. */
export interface OrderEnd {
  readonly modelId: string;
  /** Null where it ended before she had decided. */
  readonly mood: Mood | null;
  readonly status: "done" | "failed" | "cancelled";
}

export interface PaintedWork {
  readonly modelId: string;
  /** From when a studio took the order. */
  readonly seconds: number;
  readonly steps: number;
  readonly images: number;
  /** Of the one that was kept. */
  readonly score: number;
  readonly scores: Scores;
}

/** By reactions she learns what to choose, by duels what is preferred. */
export type Learner = "reactions" | "duels";

/** What is not counted as it happens, but looked up when somebody asks. */
export interface Figures {
  readonly backlog: Backlog;
  /** 0 (poor) to 1 (good); null while nothing was learned. */
  readonly scores: Readonly<Record<Learner, number | null>>;
}

/** What is counted for whoever watches Aria: kept in memory, never waited for, and never a reason to fail. */
export interface Metrics {
  orderEnded(end: OrderEnd): void;
  painted(work: PaintedWork): void;
  /** `kind` is of few: an error's code, or the reason that a generation failed for. */
  paintingFailed(modelId: string, kind: string): void;
  reacted(action: FeedbackAction, mood: Mood | null): void;
  taught(learner: Learner): void;
  cached(cache: CacheName, result: CacheResult): void;
  /** An HTTP request that was answered, or hung up on; `route` is of few. */
  answered(request: { method: string; route: string; status: number; seconds: number }): void;
  /** All of it in Prometheus' text format. `figures` is null where they cannot be had. */
  exposition(figures: Figures | null, now: Date): Promise<{ contentType: string; text: string }>;
}

/** What belongs together over programs. Nothing where nobody collects it. */
export interface Tracer {
  /** Runs `work` as a span of the trace under way, or of the one that `parent` names (W3C Trace Context). */
  span<T>(name: string, options: { readonly parent?: string | null }, work: () => Promise<T>): Promise<T>;
  /** One that is over already. */
  recordSpan(name: string, of: { readonly parent: string; readonly from: Date; readonly to: Date }): void;
  /** For whoever goes on with the trace that is under way. */
  currentTraceparent(): string | null;
}

export interface Ports {
  /** Whose things are reached; null: everybody's, for the studio and for what is shared. */
  readonly owner: PersonId | null;
  readonly generator: ImageGenerator;
  readonly watcher: OrderWatcher;
  readonly modelKeeper: ModelKeeper;
  readonly orders: OrderRepo;
  readonly line: LineRepo;
  readonly artworks: ArtworkRepo;
  readonly gallery: GalleryRepo;
  readonly cache: Cache;
  readonly collections: CollectionRepo;
  readonly shares: ShareRepo;
  readonly files: FileRepo;
  readonly people: PersonRepo;
  readonly apiKeys: ApiKeyRepo;
  readonly audit: AuditLog;
  readonly operations: OperationsRepo;
  readonly passwords: PasswordKeeper;
  readonly tries: Readonly<Record<"signIn" | "ownPassword" | "share", Tries>>;
  readonly exporter: PictureExporter;
  readonly devices: DeviceRepo;
  readonly pusher: Pusher;
  readonly artists: ArtistRepo;
  readonly learning: LearningRepo;
  /** How she chooses by what she has learned. */
  readonly policy: Policy;
  readonly duels: DuelRepo;
  readonly series: SeriesRepo;
  readonly safety: SafetyRepo;
  /** Null where none is configured: her own templates word everything then. */
  readonly writer: PromptWriter | null;
  readonly blobs: BlobStore;
  readonly flags: Flags;
  readonly flagRepo: FlagRepo;
  readonly studios: StudioPresence;
  readonly machine: Machine;
  readonly migrations: Migrations;
  readonly metrics: Metrics;
  readonly tracer: Tracer;
  readonly backups: BackupKeeper;
  /** How many backups are kept. */
  readonly retention: Retention;
  /** An animated WebP of what was shown of a painting (JPEGs), and of the picture it became (PNG) at last. */
  readonly film: (strokes: readonly Uint8Array[], png: Uint8Array) => Promise<Uint8Array>;
  /** A PNG no larger than a sketch may be. */
  readonly shrink: (png: Uint8Array) => Promise<Uint8Array>;
  readonly thumbhash: (png: Uint8Array) => Promise<string>;
  readonly now: () => Date;
  /** Uniform in [0, 1). */
  readonly rng: () => number;
  readonly newId: () => string;
  /** Of 128 random bits. */
  readonly newSlug: () => ShareSlug;
}

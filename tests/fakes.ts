/** In-memory ports. Real behaviour, no call-recording: a fake that lies fails its contract suite. */
import { createHash, randomUUID } from "node:crypto";
import { Artwork, type ArtworkId, ArtworkTile } from "#contracts/artwork.ts";
import { AriaError } from "#contracts/errors.ts";
import type { FlagName, OutcomeKind } from "#contracts/flag-names.ts";
import { type FlagExposures, type FlagSettings, offSettings } from "#contracts/flags.ts";
import type { InferenceHealth, PaintOrder, PaintReply } from "#contracts/generation.ts";
import { type Artist, ArtistId, type FeedbackAction, type MoodChange } from "#contracts/mind.ts";
import { type DeviceInput, MOST_DEVICES } from "#contracts/notifications.ts";
import { type Candidate, MOST_WAITING, type Order, type OrderId } from "#contracts/order.ts";
import { PersonId } from "#contracts/people.ts";
import { STRICT } from "#contracts/safety.ts";
import type { Series } from "#contracts/series.ts";
import { ShareSlug } from "#contracts/shares.ts";
import { consensusOf } from "#server/domain/curation/curate.ts";
import { worthOf } from "#server/domain/growth/experience.ts";
import { type Evidence, fadeBetween } from "#server/domain/learning/bandit.ts";
import { uncached } from "#server/infra/cache/uncached.ts";
import { openFlags } from "#server/infra/flags/open-flags.ts";
import { passwordTries } from "#server/infra/limits/rate-limits.ts";
import { promMetrics } from "#server/infra/telemetry/prom-metrics.ts";
import type {
  ArtistRepo,
  ArtworkRepo,
  BlobStore,
  DeviceRepo,
  DuelRepo,
  Episode,
  FileRepo,
  Finish,
  FlagExposure,
  FlagOutcome,
  FlagRepo,
  ImageGenerator,
  LearningRepo,
  LineRepo,
  ModelKeeper,
  NewOrder,
  OrderRepo,
  Ports,
  Reaction,
  Rival,
  SafetyRepo,
  SeriesRepo,
} from "#server/ports.ts";
import { currentTraceparent, recordSpan, span } from "#telemetry/span.ts";

interface Row {
  readonly owner: PersonId;
  order: Order;
  readonly traceparent: string | null;
  fence: number;
  attempts: number;
  refusals: number;
  leaseUntil: Date | null;
  finish: Finish | null;
  trashedAt: Date | null;
  feedback: Map<FeedbackAction, Date>;
  readonly piece: NewOrder["piece"];
}

type InMemory = Pick<
  Ports,
  "owner" | "orders" | "artworks" | "artists" | "learning" | "duels" | "series" | "files" | "devices"
>;

/** What all repositories read, as the tables of one database are. */
function emptyTables() {
  return {
    rows: new Map<OrderId, Row>(),
    minds: new Map<ArtistId, MindRow>(),
    series: new Map<string, Omit<Series, "pieces"> & Owned>(),
    focals: new Map<ArtworkId, Artwork["focal"]>(),
    answers: new Map<string, DuelRow>(),
    /** By whose they are and their addresses. */
    sketches: new Map<string, Owned & { readonly sha256: string; readonly at: Date }>(),
    devices: new Map<string, Owned & { readonly device: DeviceInput; readonly at: Date }>(),
  };
}
type Tables = ReturnType<typeof emptyTables>;

interface Owned {
  readonly owner: PersonId;
}

/** What of a table is theirs; what they put in, all see whose it is. */
function partOf<K, V extends Owned>(table: Map<K, V>, owner: PersonId | null) {
  const isTheirs = (row: V) => owner === null || row.owner === owner;
  return {
    get(key: K): V | undefined {
      const row = table.get(key);
      return row && isTheirs(row) ? row : undefined;
    },
    values: () => [...table.values()].filter(isTheirs),
    /** Somebody else's, so that nothing can be put there. */
    isTaken: (key: K) => table.has(key) && !isTheirs(table.get(key)!),
  };
}

const takenBy = (kind: string): never => {
  throw new AriaError("CONFLICT", { reason: `This id is another ${kind}'s already.` });
};

/** Everybody's things at once, as one database holds them; each person has an artist from when they are first asked for. */
export function inMemoryHouse(): { of(owner: PersonId | null): InMemory } {
  const tables = emptyTables();
  const wake = (owner: PersonId) => {
    if (partOf(tables.minds, owner).values().length > 0) return;
    const id = ArtistId.parse(randomUUID());
    tables.minds.set(id, { owner, artist: { ...NEWBORN, id }, moods: [], episodes: new Map(), arms: new Map() });
  };
  return {
    of(owner) {
      if (owner !== null) wake(owner);
      return {
        owner,
        orders: inMemoryOrders(tables, owner),
        artworks: inMemoryArtworks(tables, owner),
        duels: inMemoryDuels(tables, owner),
        series: inMemorySeries(tables, owner),
        artists: inMemoryArtists(tables, owner),
        learning: inMemoryLearning(tables, owner),
        files: inMemoryFiles(tables, owner),
        devices: inMemoryDevices(tables, owner),
      };
    },
  };
}

/** Whose everything is where a test knows one person. */
const SOMEBODY = PersonId.parse("11111111-1111-4111-8111-111111111111");

export const inMemoryRepos = (): InMemory => inMemoryHouse().of(SOMEBODY);

interface MindRow extends Owned {
  artist: Artist;
  readonly moods: MoodChange[];
  readonly episodes: Map<string, Episode>;
  readonly arms: Map<string, Evidence & { readonly dimension: string; readonly mood: string; readonly at: Date }>;
}

const NEWBORN: Omit<Artist, "id"> = {
  name: "Aria",
  curiosity: 0.5,
  patience: 0.7,
  mood: "contemplative",
  energy: 0.5,
  intensity: 0.7,
  moodSince: new Date("2026-01-01T00:00:00Z"),
  livedUntil: new Date("2026-01-01T00:00:00Z"),
  experience: 0,
  autonomy: { isOn: false, quietFrom: 22, quietTo: 8, dailyBudget: 6, nextAt: null },
};

function inMemoryArtists({ minds: everybodys }: Tables, owner: PersonId | null): ArtistRepo {
  const minds = partOf(everybodys, owner);
  const find = (id: ArtistId): MindRow => {
    const row = minds.get(id);
    if (!row) throw new AriaError("NOT_FOUND", { kind: "artist", id });
    return row;
  };
  return {
    list: async () => minds.values().map(({ artist }) => artist),
    get: async (id) => minds.get(id)?.artist ?? null,
    async feel(id, now, change) {
      const row = find(id);
      const felt = change(row.artist, row.moods.length === 0);
      if (!felt) return row.artist;
      const { mood, energy, intensity } = felt.feeling;
      const isNew = mood !== row.artist.mood || felt.cause === "woke";
      if (isNew) row.moods.unshift({ at: now, mood, energy, intensity, cause: felt.cause });
      const isLived = felt.cause === "time" || felt.cause === "woke";
      row.artist = {
        ...row.artist,
        mood,
        energy,
        intensity,
        ...(isLived && { livedUntil: now }),
        ...(isNew && { moodSince: now }),
      };
      return row.artist;
    },
    async create({ id, name, curiosity, patience }, now) {
      const isKnown = minds.values().some(({ artist }) => artist.name === name && artist.id !== id);
      if (isKnown || minds.isTaken(id))
        throw new AriaError("CONFLICT", { reason: `There is an artist called ${name} already.` });
      const artist = { ...NEWBORN, id, name, curiosity, patience, moodSince: now, livedUntil: now };
      if (!minds.get(id))
        everybodys.set(id, { owner: owner!, artist, moods: [], episodes: new Map(), arms: new Map() });
      return find(id).artist;
    },
    async setAutonomy(id, autonomy) {
      const row = find(id);
      row.artist = { ...row.artist, autonomy };
      return row.artist;
    },
    async plan(id, last, nextAt) {
      const row = find(id);
      const { autonomy } = row.artist;
      if (!autonomy.isOn || autonomy.nextAt?.getTime() !== last?.getTime()) return false;
      row.artist = { ...row.artist, autonomy: { ...autonomy, nextAt } };
      return true;
    },
    moods: async (id, limit) => minds.get(id)?.moods.slice(0, limit) ?? [],
    async episodes(id, { before, limit }) {
      const all = [...(minds.get(id)?.episodes.values() ?? [])].filter(
        (episode) => before === null || episode.id < before,
      );
      return all.toReversed().slice(0, limit);
    },
    remembers: async (key) => minds.values().some(({ episodes }) => episodes.has(key)),
    async remember(id, { key, ...episode }) {
      const { episodes } = find(id);
      if (!episodes.has(key)) episodes.set(key, { ...episode, id: episodes.size + 1 });
    },
  };
}

function inMemorySeries(tables: Tables, owner: PersonId | null): SeriesRepo {
  const all = partOf(tables.series, owner);
  const whole = ({ owner: _, ...series }: Omit<Series, "pieces"> & Owned): Series => {
    const own = [...tables.rows.values()].filter(({ piece }) => piece?.seriesId === series.id);
    return { ...series, pieces: own.sort((a, b) => a.piece!.index - b.piece!.index).map(({ order }) => order) };
  };
  return {
    async create(series) {
      if (all.isTaken(series.id)) takenBy("series");
      if (!all.get(series.id)) tables.series.set(series.id, { ...series, owner: owner! });
    },
    async get(id) {
      const series = all.get(id);
      return series ? whole(series) : null;
    },
    list: async (limit) =>
      all
        .values()
        .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime())
        .slice(0, limit)
        .map(whole),
  };
}

interface DuelRow extends Owned {
  readonly artistId: ArtistId;
  readonly answer: Parameters<DuelRepo["settle"]>[1];
}

function inMemoryDuels(tables: Tables, owner: PersonId | null): DuelRepo {
  const artworks = inMemoryArtworks(tables, owner);
  const answers = partOf(tables.answers, owner);
  const rivalOf = (artwork: Artwork): Rival => {
    const { finish } = tables.rows.get(artwork.orderId)!;
    return { tile: artwork, embedding: finish!.candidates[finish!.keptIndex]!.embedding };
  };
  const find = async (artistId: ArtistId, id: ArtworkId) => {
    const artwork = await artworks.get(id);
    if (artwork?.artistId !== artistId) throw new AriaError("NOT_FOUND", { kind: "artwork", id });
    return rivalOf(artwork);
  };
  return {
    async rivals(artistId, limit) {
      const works = await artworks.recent(artistId, limit);
      return Promise.all(works.map(({ id }) => find(artistId, id)));
    },
    rival: find,
    answers: async (artistId) =>
      answers.values().flatMap(({ artistId: whose, answer }) => (whose === artistId ? [answer] : [])),
    async fought(artistId, limit) {
      const own = answers
        .values()
        .filter((one) => one.artistId === artistId)
        .slice(-limit);
      return Promise.all(
        own.map(async ({ answer: { winnerId, loserId, foreseen, isCheck } }) => ({
          winner: await find(artistId, winnerId),
          loser: await find(artistId, loserId),
          foreseen,
          isCheck,
        })),
      );
    },
    async settle(artistId, answer) {
      await Promise.all([find(artistId, answer.winnerId), find(artistId, answer.loserId)]);
      const mind = tables.minds.get(artistId)!;
      if (!tables.answers.has(answer.id)) tables.answers.set(answer.id, { owner: mind.owner, artistId, answer });
    },
  };
}

function inMemoryLearning(tables: Tables, owner: PersonId | null): LearningRepo {
  const [rows, minds] = [partOf(tables.rows, owner), partOf(tables.minds, owner)];
  const find = (id: ArtworkId) => {
    const row = rows.values().find(({ finish }) => finish?.artworkId === id);
    if (!row) throw new AriaError("NOT_FOUND", { kind: "artwork", id });
    return row;
  };
  const teach = ({ order }: Row, { reward, experience, at }: Reaction, share: number) => {
    const mind = minds.get(order.artistId)!;
    const moods = ["", ...(order.mood === null ? [] : [order.mood])];
    for (const { dimension, arm } of order.choices)
      for (const mood of moods) {
        const key = [dimension, mood, arm].join();
        const known = mind.arms.get(key);
        // What was forgotten cannot be taken back.
        if (!known && share < 0) continue;
        const fade = known ? fadeBetween(known.at, at) : 1;
        const add = (before = 0, more = 0) => Math.max(0, before * fade + share * more);
        const counts = { successes: add(known?.successes, reward), failures: add(known?.failures, 1 - reward) };
        mind.arms.set(key, { dimension, mood, arm, ...counts, at });
      }
    mind.artist = { ...mind.artist, experience: Math.max(0, mind.artist.experience + Math.sign(share) * experience) };
  };
  return {
    async evidence(artistId, { dimension, mood }, now) {
      const arms = [...(minds.get(artistId)?.arms.values() ?? [])].filter((row) => row.dimension === dimension);
      const faded = arms.map((row) => {
        const fade = fadeBetween(row.at, now);
        return { ...row, successes: row.successes * fade, failures: row.failures * fade };
      });
      return { here: faded.filter((row) => row.mood === mood), everywhere: faded.filter((row) => row.mood === "") };
    },
    async react(id, reaction) {
      const row = find(id);
      if (row.feedback.has(reaction.action)) return false;
      row.feedback.set(reaction.action, reaction.at);
      teach(row, reaction, 1);
      return true;
    },
    async takeBack(id, reaction) {
      const row = rows.values().find(({ finish }) => finish?.artworkId === id);
      const given = row?.feedback.get(reaction.action);
      if (!row || !given) return false;
      row.feedback.delete(reaction.action);
      teach(row, reaction, -fadeBetween(given, reaction.at));
      return true;
    },
    async tally(now) {
      const all = [...tables.minds.values()].flatMap(({ arms }) =>
        [...arms.values()].filter(({ mood }) => mood === ""),
      );
      const sum = (of: (arm: Evidence) => number) =>
        all.reduce((total, arm) => total + of(arm) * fadeBetween(arm.at, now), 0);
      return { successes: sum((arm) => arm.successes), failures: sum((arm) => arm.failures) };
    },
    reset: async (artistId) => minds.get(artistId)?.arms.clear(),
  };
}

const isActive = ({ order }: Row) => order.state === "waiting" || order.state === "painting";
const byAge = (a: Row, b: Row) => a.order.createdAt.getTime() - b.order.createdAt.getTime();

const candidatesOf = ({ candidates, keptIndex }: Finish): Candidate[] =>
  candidates.map(({ index, seed, sha256, thumbhash, scores, score }) => ({
    index,
    seed,
    imageUrl: `/images/${sha256}`,
    thumbhash,
    scores,
    score,
    kept: index === keptIndex,
  }));

function inMemoryOrders({ rows, minds, sketches }: Tables, owner: PersonId | null): OrderRepo {
  const mine = partOf(rows, owner);
  /** The row, if this worker still holds it. */
  const held = (id: OrderId, fence: number) => {
    const row = rows.get(id);
    return row?.fence === fence && row.order.state === "painting" ? row : null;
  };
  const over = (row: Row, change: Partial<Order>) => {
    row.order = { ...row.order, ...change };
    row.leaseUntil = null;
    return true;
  };
  return {
    async place({ piece, traceparent, ...order }: NewOrder) {
      const nothingYet = { failure: null, startedAt: null, finishedAt: null, artworkId: null, reason: null };
      const undecided = { mood: null, subject: null, title: null, statement: null, thoughts: [], choices: [] };
      const seriesId = piece?.seriesId ?? null;
      const fresh: Order = { ...order, seriesId, ...nothingYet, ...undecided, state: "waiting", candidates: [] };
      if (mine.isTaken(order.id)) takenBy("order");
      const artist = partOf(minds, owner).get(order.artistId);
      if (!artist) throw new AriaError("NOT_FOUND", { kind: "artist", id: order.artistId });
      const isWaiting = (row: Row) => row.order.state === "waiting" && row.owner === artist.owner;
      if (!rows.has(order.id) && [...rows.values()].filter(isWaiting).length >= MOST_WAITING)
        throw new AriaError("CONFLICT", { reason: `${MOST_WAITING} orders wait already, which is the most.` });
      const row = rows.get(order.id) ?? {
        owner: artist.owner,
        fence: 0,
        attempts: 0,
        refusals: 0,
        leaseUntil: null,
        finish: null,
        trashedAt: null,
        feedback: new Map<FeedbackAction, Date>(),
        piece,
        traceparent,
        order: fresh,
      };
      rows.set(order.id, row);
      return row.order;
    },
    get: async (id) => mine.get(id)?.order ?? null,
    async themes(limit) {
      const asked = mine
        .values()
        .toReversed()
        .filter(({ order }) => !order.own && order.theme !== "");
      return [...new Set(asked.map(({ order }) => order.theme))].slice(0, limit);
    },
    async current() {
      const all = mine
        .values()
        .sort(byAge)
        .map((row) => row.order);
      const first = (state: Order["state"]) => all.find((order) => order.state === state);
      return first("painting") ?? first("waiting") ?? all.at(-1) ?? null;
    },
    async claim(id, leaseMs, now) {
      const row = rows.get(id);
      const free =
        row?.order.state === "waiting" || (row?.order.state === "painting" && row.leaseUntil && row.leaseUntil < now);
      if (!row || !free) return null;
      row.order = { ...row.order, state: "painting", startedAt: now };
      row.leaseUntil = new Date(now.getTime() + leaseMs);
      return {
        order: row.order,
        fence: ++row.fence,
        attempts: ++row.attempts,
        refusals: row.refusals,
        traceparent: row.traceparent,
      };
    },
    async renew(id, fence, leaseMs, now) {
      const row = held(id, fence);
      if (row) row.leaseUntil = new Date(now.getTime() + leaseMs);
      return row !== null;
    },
    async think(id, fence, thought) {
      const row = held(id, fence);
      if (!row) return false;
      const others = row.order.thoughts.filter(({ index }) => index < thought.index);
      row.order = { ...row.order, thoughts: [...others, thought] };
      return true;
    },
    async decide(id, fence, { choices, ...decided }) {
      const row = held(id, fence);
      if (row) row.order = { ...row.order, ...decided, choices: [...choices] };
      return row !== null;
    },
    async finish(id, fence, finish) {
      const row = held(id, fence);
      if (!row) return false;
      const mind = minds.get(row.order.artistId);
      if (mind) {
        const { artworkId, at, memory: text, experience } = finish;
        mind.episodes.set(`work:${id}`, { id: mind.episodes.size + 1, at, kind: "work", text, artworkId });
        mind.artist = { ...mind.artist, experience: mind.artist.experience + experience };
      }
      row.finish = finish;
      const { artworkId, at, reason } = finish;
      return over(row, { state: "done", artworkId, reason, finishedAt: at, candidates: candidatesOf(finish) });
    },
    async fail(id, fence, failure, now) {
      const row = held(id, fence);
      return row ? over(row, { state: "failed", failure, finishedAt: now }) : false;
    },
    async release(id, fence, { refusedForMs }) {
      const row = held(id, fence);
      if (row) row.attempts--;
      if (row && refusedForMs !== null) row.refusals++;
      return row ? over(row, { state: "waiting", startedAt: null }) : false;
    },
    async cancel(id, now) {
      const row = mine.get(id);
      return row && isActive(row) ? over(row, { state: "cancelled", finishedAt: now }) : false;
    },
    async requeueAbandoned(now) {
      const abandoned = [...rows.values()].filter(
        (row) => row.order.state === "painting" && row.leaseUntil && row.leaseUntil < now,
      );
      for (const row of abandoned) over(row, { state: "waiting", startedAt: null });
      return abandoned.length;
    },
    async backlog(now) {
      const waiting = [...rows.values()].filter(({ order }) => order.state === "waiting").sort(byAge);
      const isPainted = [...rows.values()].some(
        ({ order, leaseUntil }) => order.state === "painting" && leaseUntil !== null && leaseUntil >= now,
      );
      return { waiting: waiting.length, since: waiting[0]?.order.createdAt ?? null, isPainted };
    },
    countOwn: async (artistId, since) =>
      mine.values().filter(({ order }) => order.artistId === artistId && order.own && order.createdAt >= since).length,
    async knownFiles(sha256s) {
      const known = new Set([...rows.values()].flatMap(({ finish }) => finish?.candidates.map((c) => c.sha256) ?? []));
      for (const { order, finish } of rows.values())
        for (const sha256 of [order.sketch, finish?.film]) if (sha256) known.add(sha256);
      for (const { sha256 } of sketches.values()) known.add(sha256);
      return new Set(sha256s.filter((sha256) => known.has(sha256)));
    },
  };
}

function inMemoryArtworks({ rows, focals }: Tables, owner: PersonId | null): ArtworkRepo {
  const finished = () =>
    partOf(rows, owner)
      .values()
      .flatMap((row) => (row.finish ? [{ row, finish: row.finish }] : []));
  const find = (id: ArtworkId) => finished().find(({ finish }) => finish.artworkId === id);
  const tileOf = ({ row: { order }, finish }: { row: Row; finish: Finish }): ArtworkTile => {
    const kept = finish.candidates[finish.keptIndex]!;
    const imageUrl = `/images/${kept.sha256}`;
    const title = order.title ?? order.prompt;
    return ArtworkTile.parse({ ...order, ...kept, id: finish.artworkId, title, imageUrl, createdAt: finish.at });
  };
  const toArtwork = ({ row: { order, trashedAt, feedback }, finish }: { row: Row; finish: Finish }): Artwork => {
    const kept = finish.candidates[finish.keptIndex]!;
    const parent = finished().find((one) => one.finish.artworkId === order.parentId);
    const children = finished().filter((one) => one.row.order.parentId === finish.artworkId && !one.row.trashedAt);
    return Artwork.parse({
      parent: parent && order.remix ? { tile: tileOf(parent), remix: order.remix } : null,
      children: children.map(tileOf),
      ...order,
      ...kept,
      ...finish,
      id: finish.artworkId,
      orderId: order.id,
      title: order.title ?? order.prompt,
      consensus: consensusOf(kept.scores),
      filmUrl: finish.film && `/images/${finish.film}`,
      focal: focals.get(finish.artworkId) ?? null,
      feedback: [...feedback.keys()],
      imageUrl: `/images/${kept.sha256}`,
      settings: order,
      candidates: order.candidates,
      createdAt: finish.at,
      trashedAt,
    });
  };
  return {
    async get(id) {
      const found = find(id);
      return found ? toArtwork(found) : null;
    },
    known: async (ids) => new Set(ids.filter(find)),
    async recent(artistId, limit) {
      const all = finished().filter(({ row }) => row.order.artistId === artistId && row.trashedAt === null);
      return all
        .map(({ row, finish }) => ({
          ...toArtwork({ row, finish }),
          worth: worthOf([...row.feedback.keys()]),
          hash: finish.candidates[finish.keptIndex]!.hash,
        }))
        .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? 1 : -1))
        .slice(0, limit);
    },
    count: async (artistId) =>
      finished().filter(({ row }) => row.order.artistId === artistId && row.trashedAt === null).length,
    async purge(trashedBefore) {
      const gone = finished().filter(({ row: { trashedAt } }) => trashedAt !== null && trashedAt < trashedBefore);
      for (const { row } of gone) rows.delete(row.order.id);
      return gone.length;
    },
    async setFocal(id, focal) {
      if (find(id)) focals.set(id, focal);
      return find(id) !== undefined;
    },
    async mark(id, trashedAt) {
      const found = find(id);
      if (found) found.row.trashedAt = trashedAt;
      return found !== undefined;
    },
  };
}

export function inMemoryBlobs(): BlobStore & { readonly names: () => string[] } {
  const files = new Map<string, { readonly bytes: Uint8Array; readonly at: number }>();
  return {
    names: () => [...files.keys()],
    async put(bytes) {
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      files.set(sha256, { bytes, at: Date.now() });
      return { sha256 };
    },
    read: async (sha256) => files.get(sha256)?.bytes ?? null,
    async sweep(known, minAgeMs) {
      const old = [...files].flatMap(([name, { at }]) => (Date.now() - at >= minAgeMs ? [name] : []));
      const rows = await known(old);
      const unknown = old.filter((name) => !rows.has(name));
      for (const name of unknown) files.delete(name);
      return unknown.length;
    },
    writable: async () => true,
  };
}

const ARIA_MODEL = {
  id: "aria",
  title: "Aria's own hand",
  hash: "0123456789ab",
  bytes: 1,
  state: "ready",
  progress: 1,
  failure: null,
  nativeSizePx: 256,
  defaults: {
    widthPx: 256,
    heightPx: 256,
    steps: 8,
    guidance: 3.5,
    guidanceStop: 1,
    sampler: "dpmpp-2m",
    scheduleType: "automatic",
    underpainting: 0.65,
  },
  samplers: ["dpmpp-2m", "euler", "ddim"],
  vocabulary: {},
  pinned: false,
  residentBytes: 1,
  isMeasured: true,
  source: null,
  licence: null,
  int8Speedup: null,
  strengths: [],
} as const satisfies InferenceHealth["models"][number];

/** Paints one grey pixel a seed; the pixels and the scores follow from the seed, as a real painter's do. */
export function fakeGenerator(overrides: Partial<ImageGenerator> = {}): ImageGenerator {
  return {
    paint: async ({ seeds }: PaintOrder): Promise<PaintReply> => ({
      model: { id: "aria", hash: "0123456789ab" },
      candidates: seeds.map((seed) => {
        const quality = (seed % 10) / 10;
        const technical = { sharpness: quality, exposure: quality, contrast: quality, clipping: quality };
        const scores = {
          ...technical,
          agreement: quality,
          soundness: quality,
          composition: quality,
          aesthetic: null,
          taste: null,
        };
        const png = Buffer.from(`png of ${seed}`);
        const hash = createHash("sha256").update(png).digest("hex").slice(0, 16);
        const angle = seed % 360;
        const embedding = [Math.cos(angle), Math.sin(angle)];
        return { seed, strokesBase64: [], pngBase64: png.toString("base64"), scores, hash, embedding, flagged: null };
      }),
    }),
    cancel: async () => {},
    health: async () => ({
      ready: true,
      processId: "fake",
      painting: [],
      waiting: 0,
      devices: [{ provider: "cpu", fallbackReason: null }],
      programs: [],
      models: [{ ...ARIA_MODEL, samplers: [...ARIA_MODEL.samplers], strengths: [], vocabulary: {} }],
    }),
    lexicon: async () => null,
    meaning: async () => null,
    whisper: async () => {},
    ...overrides,
  };
}

/** Does nothing, and says that it was done. */
const fakeKeeper = (): ModelKeeper => ({
  act: async () => {},
  remove: async () => {},
  plan: () => Promise.reject(new Error("nobody plans here")),
  start: () => Promise.reject(new Error("nobody begins anything here")),
  tasks: async () => [],
  cancel: async () => false,
  catalogue: async () => [],
});

export function inMemorySafety(): SafetyRepo {
  let rules = STRICT;
  return {
    read: async () => rules,
    async write(wanted) {
      rules = wanted;
    },
  };
}

function inMemoryDevices({ devices, minds }: Tables, owner: PersonId | null): DeviceRepo {
  const mine = partOf(devices, owner);
  const forget = async (endpoint: string) => {
    if (mine.get(endpoint)) devices.delete(endpoint);
  };
  return {
    async put(device, now) {
      const { endpoint } = device;
      if (device.topics.length === 0) return forget(endpoint);
      devices.set(endpoint, { owner: owner!, device, at: devices.get(endpoint)?.at ?? now });
      const others = partOf(devices, owner!)
        .values()
        .filter((row) => row.device.endpoint !== endpoint)
        .sort((a, b) => b.at.getTime() - a.at.getTime());
      for (const old of others.slice(MOST_DEVICES - 1)) devices.delete(old.device.endpoint);
    },
    forget,
    topicsOf: async (endpoint) => mine.get(endpoint)?.device.topics ?? [],
    async about(topic, artistId) {
      const whose = minds.get(artistId)?.owner;
      const theirs = mine.values().filter((row) => row.owner === whose);
      return theirs.flatMap(({ device }) => (device.topics.includes(topic) ? [device] : []));
    },
  };
}

function inMemoryFiles({ rows, sketches }: Tables, owner: PersonId | null): FileRepo {
  const sent = partOf(sketches, owner);
  return {
    async addSketch(sha256, at) {
      sketches.set(`${owner} ${sha256}`, { owner: owner!, sha256, at });
    },
    async isOwn(sha256) {
      const painted = partOf(rows, owner)
        .values()
        .flatMap(({ order, finish }) => [
          order.sketch,
          finish?.film,
          ...(finish?.candidates.map((one) => one.sha256) ?? []),
        ]);
      return painted.includes(sha256) || sent.values().some((sketch) => sketch.sha256 === sha256);
    },
    async forgetSketches(before) {
      for (const [key, { at }] of sketches) if (at < before) sketches.delete(key);
    },
  };
}

/** Stands where a test has no business: what it is for needs the real database. All but what is there throws. */
const absent = <T extends object>(name: string, there: Partial<T> = {}): T =>
  new Proxy(there as T, {
    get(known, key) {
      if (key in known) return known[key as keyof T];
      throw new Error(`${name} is not there among the fakes: test it with the database`);
    },
  });

/** As the table of its name. */
export function inMemoryFlags(): FlagRepo {
  const settings = new Map<FlagName, FlagSettings>();
  const exposures: FlagExposure[] = [];
  const outcomes = new Map<string, FlagOutcome & { readonly flag: FlagName; readonly kind: OutcomeKind }>();
  const firstOf = (subject: string) =>
    new Map(
      exposures
        .filter((one) => one.subject === subject)
        .toSorted((a, b) => b.at.getTime() - a.at.getTime())
        .map((one) => [one.flag, one]),
    );
  return {
    settings: async (flag) => settings.get(flag) ?? offSettings(flag),
    write: async (flag, wanted) => void settings.set(flag, wanted),
    async expose(exposure) {
      const { flag, subject, variant } = exposure;
      const isSame = (one: FlagExposure) => one.flag === flag && one.subject === subject && one.variant === variant;
      if (!exposures.some(isSame)) exposures.push(exposure);
    },
    given: async (flag, subject) => firstOf(subject).get(flag)?.variant ?? null,
    async exposures() {
      const counts = new Map<string, FlagExposures>();
      for (const { flag, variant, at } of exposures) {
        const before = counts.get(`${flag} ${variant}`);
        const lastAt = before && before.lastAt > at ? before.lastAt : at;
        counts.set(`${flag} ${variant}`, { flag, variant, subjects: (before?.subjects ?? 0) + 1, lastAt });
      }
      return [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
    },
    async observe(subject, { kind, value }) {
      for (const [flag, { variant, reason, share }] of firstOf(subject)) {
        const key = [flag, subject, kind].join();
        if (!outcomes.has(key)) outcomes.set(key, { flag, kind, variant, reason, share, value });
      }
    },
    outcomes: async (flag, kind, limit) =>
      [...outcomes.values()]
        .filter((one) => one.flag === flag && one.kind === kind)
        .slice(0, limit)
        .map(({ variant, reason, share, value }) => ({ variant, reason, share, value })),
  };
}

export function fakePorts(overrides: Partial<Ports> = {}): Ports {
  let lastSeen: Date | null = null;
  const flagRepo = overrides.flagRepo ?? inMemoryFlags();
  return {
    flagRepo,
    flags: openFlags(flagRepo, { log: { warn: (said: unknown) => console.warn(said) } }),
    generator: fakeGenerator(),
    // As lossy as the socket may be.
    watcher: { watch: () => () => {} },
    modelKeeper: fakeKeeper(),
    ...inMemoryRepos(),
    line: absent<LineRepo>("line", { isPaused: async () => false }),
    gallery: absent("gallery"),
    cache: uncached,
    collections: absent("collections"),
    shares: absent("shares"),
    people: absent("people"),
    apiKeys: absent("apiKeys"),
    audit: absent("audit"),
    operations: absent("operations"),
    passwords: absent("passwords"),
    tries: passwordTries(),
    exporter: absent("exporter"),
    safety: inMemorySafety(),
    pusher: absent("pusher"),
    backups: absent("backups"),
    retention: { daily: 7, weekly: 4 },
    newSlug: () => ShareSlug.parse("a".repeat(22)),
    policy: "thompson",
    writer: null,
    blobs: inMemoryBlobs(),
    studios: {
      beat: async (_id, now) => {
        lastSeen = now;
      },
      leave: async () => {
        lastSeen = null;
      },
      lastSeen: async () => lastSeen,
    },
    machine: {
      residentBytes: () => 200_000_000,
      freeDiskBytes: async () => 100_000_000_000,
      memory: async () => ({ usedBytes: 2_000_000_000, totalBytes: 8_000_000_000 }),
    },
    migrations: { pending: async () => [] },
    metrics: promMetrics({ isWhole: false }),
    tracer: { span, recordSpan, currentTraceparent },
    shrink: async (png) => png,
    film: async (strokes) => Buffer.concat([Buffer.from("RIFF"), ...strokes]),
    thumbhash: async () => "3OcRJYB4d3h/iIeHeEh3eIhw+j2w",
    now: () => new Date("2026-01-01T00:00:00Z"),
    rng: () => 0.5,
    newId: randomUUID,
    ...overrides,
  };
}

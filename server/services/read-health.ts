import type { InferenceHealth } from "#contracts/generation.ts";
import type { Check, Readiness } from "#contracts/health.ts";
import { DEFAULT_MODEL } from "#contracts/terms.ts";
import type { Backlog, Ports } from "#server/ports.ts";

const STUDIO_SILENCE_MS = 20_000;

/** Whoever asks is answered in time, whoever else is silent. */
const ANSWER_WITHIN_MS = 2_500;
const LEAST_DISK_BYTES = 1_000_000_000;
const MOST_MEMORY = 0.9;
/** For as long as this an order may wait while nobody paints: a refused one comes again within seconds. */
const STANDSTILL_MS = 10 * 60_000;

type Deps = Pick<Ports, "generator" | "blobs" | "studios" | "orders" | "line" | "migrations" | "machine" | "now">;

/** Whether a painting ordered now would be painted and kept, and if not, what is missing, in plain words. */
export function makeReadHealth(deps: Deps) {
  return async function readHealth(): Promise<Readiness> {
    const [inference, database, storage, disk, memory] = await Promise.all([
      deps.generator.health().catch(() => null),
      checkDatabase(deps),
      deps.blobs.writable(),
      checkDisk(deps),
      checkMemory(deps),
    ]);
    const checks: Check[] = [
      ...database,
      {
        name: "inference",
        ok: inference !== null,
        detail: inference ? "The painting engine answers." : "The painting engine does not answer.",
      },
      checkModel(inference),
      {
        name: "storage",
        ok: storage,
        detail: storage
          ? "Pictures can be stored."
          : "Pictures cannot be stored: their folder or store cannot be written to.",
      },
      disk,
      memory,
    ];
    const device = inference ? deviceOf(inference) : "nothing just now";
    return { ready: checks.every((check) => check.ok), checks, models: inference?.models ?? [], device };
  };
}

const PROVIDERS = { cpu: "CPU", cuda: "GPU (CUDA)", webgpu: "GPU (WebGPU)" } as const;

const deviceOf = ({ devices }: InferenceHealth): string => {
  const told = devices.map(({ provider, fallbackReason }) =>
    fallbackReason ? `the ${PROVIDERS[provider]}: ${fallbackReason}` : `the ${PROVIDERS[provider]}`,
  );
  const counted = [...new Set(told)].map((words) => {
    const count = told.filter((other) => other === words).length;
    return count === 1 ? words : `${words} (${count} engines)`;
  });
  return counted.join(", and ");
};

function checkModel(inference: InferenceHealth | null): Check {
  const model = inference?.models.find(({ id }) => id === DEFAULT_MODEL);
  if (!model) return { name: "model", ok: false, detail: "No model is loaded yet." };
  const { title, state, hash, failure } = model;
  if (state === "ready") return { name: "model", ok: true, detail: `${title} is loaded and warm.` };
  if (state === "failed") return { name: "model", ok: false, detail: failure ?? `${title} could not be loaded.` };
  if (failure !== null) return { name: "model", ok: false, detail: failure };
  // It has a hash once it was loaded: then it only made room for another.
  if (hash !== null) return { name: "model", ok: true, detail: `${title} will be loaded again when asked for.` };
  return { name: "model", ok: false, detail: `${title} is not loaded yet.` };
}

/** One that does not answer leaves nothing to be said of what lies in it. */
async function checkDatabase(deps: Deps): Promise<Check[]> {
  const { studios, migrations, orders, line, now } = deps;
  try {
    const asked = Promise.all([migrations.pending(), studios.lastSeen(), orders.backlog(now()), line.isPaused()]);
    const [pending, lastSeen, backlog, isPaused] = await within(ANSWER_WITHIN_MS, asked);
    return [
      { name: "database", ok: true, detail: "The database answers." },
      checkMigrations(pending),
      checkStudio(lastSeen, now()),
      checkQueue(backlog, isPaused, now()),
    ];
  } catch {
    return [{ name: "database", ok: false, detail: "The database does not answer or is not migrated." }];
  }
}

function checkMigrations(pending: readonly string[]): Check {
  const [first] = pending;
  const detail = first
    ? `The database lacks ${pending.length === 1 ? first : `${first} and ${pending.length - 1} more migrations`}.`
    : "The database is up to date.";
  return { name: "migrations", ok: first === undefined, detail };
}

function checkStudio(lastSeen: Date | null, now: Date): Check {
  const ok = lastSeen !== null && now.getTime() - lastSeen.getTime() < STUDIO_SILENCE_MS;
  return { name: "studio", ok, detail: ok ? "A studio takes orders." : "No studio is taking orders." };
}

/** A long line is no fault, and neither is one that a person has paused; one that stands still is. */
function checkQueue({ waiting, since, isPainted }: Backlog, isPaused: boolean, now: Date): Check {
  const waitedMs = since === null ? 0 : now.getTime() - since.getTime();
  const ok = isPainted || isPaused || waitedMs < STANDSTILL_MS;
  if (ok) return { name: "queue", ok, detail: waiting === 0 ? "Nothing waits." : "The line moves, or is paused." };
  const minutes = Math.floor(waitedMs / 60_000);
  const detail = `${waiting === 1 ? "An order waits" : `${waiting} orders wait`} for up to ${minutes} minutes, and nobody paints.`;
  return { name: "queue", ok, detail };
}

async function checkDisk({ machine }: Deps): Promise<Check> {
  const free = await machine.freeDiskBytes().catch(() => 0);
  const ok = free > LEAST_DISK_BYTES;
  const detail = ok
    ? "There is room for pictures."
    : `Only ${Math.floor(free / 1e6)} MB are free where pictures are stored, and Aria needs 1 GB.`;
  return { name: "disk", ok, detail };
}

async function checkMemory({ machine }: Deps): Promise<Check> {
  const { usedBytes, totalBytes } = await machine.memory();
  const used = usedBytes / totalBytes;
  const ok = used < MOST_MEMORY;
  const detail = ok ? "There is memory left." : `${Math.floor(used * 100)} % of the memory is in use.`;
  return { name: "memory", ok, detail };
}

function within<T>(ms: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
    void work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

import type { InferenceHealth } from "#contracts/generation.ts";
import type { Check, Readiness } from "#contracts/health.ts";
import { DEFAULT_MODEL } from "#contracts/terms.ts";
import type { Ports } from "#server/ports.ts";

const STUDIO_SILENCE_MS = 20_000;

type Deps = Pick<Ports, "generator" | "blobs" | "studios" | "now">;

/** Whether a painting ordered now would be painted and kept, and if not, what is missing, in plain words. */
export function makeReadHealth(deps: Deps) {
  return async function readHealth(): Promise<Readiness> {
    const [inference, studio, storage] = await Promise.all([
      deps.generator.health().catch(() => null),
      checkStudio(deps),
      deps.blobs.writable(),
    ]);
    const checks: Check[] = [
      ...studio,
      {
        name: "inference",
        ok: inference !== null,
        detail: inference ? "The painting engine answers." : "The painting engine does not answer.",
      },
      checkModel(inference),
      {
        name: "storage",
        ok: storage,
        detail: storage ? "Pictures can be stored." : "The data folder cannot be written to.",
      },
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

async function checkStudio({ studios, now }: Deps): Promise<Check[]> {
  const lastSeen = await studios.lastSeen().catch(() => "unreachable" as const);
  if (lastSeen === "unreachable") {
    return [{ name: "database", ok: false, detail: "The database does not answer or is not migrated." }];
  }
  const ok = lastSeen !== null && now().getTime() - lastSeen.getTime() < STUDIO_SILENCE_MS;
  const detail = ok ? "A studio takes orders." : "No studio is taking orders.";
  return [
    { name: "database", ok: true, detail: "The database answers." },
    { name: "studio", ok, detail },
  ];
}

import { availableParallelism } from "node:os";
import path from "node:path";
import { z } from "zod";

const Env = z.object({
  INFERENCE_PORT: z.coerce.number().int().min(0).max(65_535).default(4301),
  MODELS_DIR: z
    .string()
    .default("models")
    .transform((dir) => path.resolve(dir)),
  TICKET_SECRET: z.string().min(32),
  ENGINE_THREADS: z.coerce.number().int().min(1).max(256).default(availableParallelism()),
  MODEL_BUDGET_BYTES: z.coerce.number().int().positive().default(8_000_000_000),
});
export type Env = z.infer<typeof Env>;

/** Called once, by main.ts. Nothing else may touch `process.env`. */
export function readEnv(source: NodeJS.ProcessEnv): Env {
  const env = Env.safeParse(source);
  if (!env.success) throw new Error(`Environment is not usable:\n${z.prettifyError(env.error)}`);
  return env.data;
}

import { availableParallelism } from "node:os";
import path from "node:path";
import { z } from "zod";
import { Provider } from "#contracts/generation.ts";

const folder = (usual: string) =>
  z
    .string()
    .default(usual)
    .transform((dir) => path.resolve(dir));

const Env = z.object({
  INFERENCE_PORT: z.coerce.number().int().min(0).max(65_535).default(4301),
  /** Where it listens. On any address but loopback it answers only to whoever bears the key that TICKET_SECRET makes. */
  INFERENCE_HOST: z.string().min(1).default("127.0.0.1"),
  /** Where several inference processes tell each other's viewers what they show; absent: each tells its own alone. */
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  /** How long an order that is being painted may go on when the process is told to end. */
  DRAIN_SECONDS: z.coerce.number().int().min(0).max(3_600).default(25),
  MODELS_DIR: folder("models"),
  ARIA_DATA_DIR: folder("var"),
  TICKET_SECRET: z.string().min(32),
  ENGINE_THREADS: z.coerce.number().int().min(1).max(256).default(availableParallelism()),
  /** Execution providers, the best first, by commas. The CPU is tried last whatever is said. */
  ENGINE_PROVIDERS: z
    .string()
    .default("cuda")
    .transform((names) => names.split(",").map((name) => name.trim()))
    .pipe(z.array(Provider)),
  /** An engine each, by commas: "cuda:0,cuda:1". Empty: one, on what ENGINE_PROVIDERS finds. */
  ENGINE_DEVICES: z
    .string()
    .default("")
    .transform((names) => names.split(",").flatMap((name) => name.trim() || []))
    .pipe(z.array(z.string().regex(/^(cuda(:\d{1,2})?|webgpu|cpu)$/, "must be like cuda:0, webgpu or cpu"))),
  /** Eight bits where a model was measured to bear them and the processor is faster with them; "off": floats. */
  ENGINE_INT8: z.enum(["auto", "off"]).default("auto"),
  /** For repositories of the Hub that ask for one. */
  HF_TOKEN: z.string().optional(),
  HF_ENDPOINT: z.url({ protocol: /^https?$/ }).default("https://huggingface.co"),
  /** Between two steps that are kept to go on from. */
  CHECKPOINT_EVERY_MS: z.coerce.number().int().min(0).default(1_000),
  /** Where traces go, by OTLP over HTTP; absent: nowhere, and none are made. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  /** Where errors that nobody foresaw are reported, to whoever speaks Sentry's protocol; absent: nowhere. */
  SENTRY_DSN: z.url({ protocol: /^https?$/ }).optional(),
  MODEL_BUDGET_BYTES: z.coerce.number().int().positive().default(8_000_000_000),
});
export type Env = z.infer<typeof Env>;

/** Called once, by main.ts. Nothing else may touch `process.env`. */
export function readEnv(source: NodeJS.ProcessEnv): Env {
  const env = Env.safeParse(source);
  if (!env.success) throw new Error(`Environment is not usable:\n${z.prettifyError(env.error)}`);
  return env.data;
}

/** What each engine tries, the best first. */
export function devicesOf({ ENGINE_DEVICES, ENGINE_PROVIDERS }: Env): { providers: Provider[]; deviceId: number }[] {
  if (ENGINE_DEVICES.length === 0) return [{ providers: ENGINE_PROVIDERS, deviceId: 0 }];
  return ENGINE_DEVICES.map((name) => {
    const [provider, id = "0"] = name.split(":");
    return { providers: [Provider.parse(provider)], deviceId: Number(id) };
  });
}

import path from "node:path";
import { z } from "zod";

const areAddresses = (list: readonly string[]): boolean =>
  list.every((each) => z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]).safeParse(each).success);

const Env = z.object({
  DATABASE_URL: z.string().min(1),
  /** Where inference runs, by commas; a name that stands for several machines is all of them. */
  INFERENCE_URL: z
    .string()
    .transform((urls) => urls.split(",").map((url) => url.trim()))
    .pipe(z.array(z.url({ protocol: /^http$/ })).min(1)),
  /** What several processes share in passing: limits, sockets, what is cached. Absent: each has its own. */
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  ARIA_DATA_DIR: z
    .string()
    .default("var")
    .transform((dir) => path.resolve(dir)),
  /** How many orders a studio has painted at once: as many as inference has engines. */
  STUDIO_CONCURRENCY: z.coerce.number().int().min(1).max(64).default(1),
  /** Where a studio says how it is doing; port 0 takes any that is free. */
  STUDIO_METRICS_PORT: z.coerce.number().int().min(0).max(65_535).default(4302),
  STUDIO_METRICS_HOST: z.string().min(1).default("127.0.0.1"),
  /** Where traces go, by OTLP over HTTP; absent: nowhere, and none are made. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  /** Where errors that nobody foresaw are reported, to whoever speaks Sentry's protocol; absent: nowhere. */
  SENTRY_DSN: z.url({ protocol: /^https?$/ }).optional(),
  /** Who words prompts, where it is not left to her own templates. */
  LLM_PROVIDER: z.enum(["none", "openai-compatible", "anthropic", "ollama"]).default("none"),
  LLM_MODEL: z.string().default(""),
  LLM_BASE_URL: z.url().optional(),
  LLM_API_KEY: z.string().min(1).optional(),
  LLM_TIMEOUT_MS: z.coerce.number().int().min(100).max(60_000).default(8_000),
  /** Thompson sampling, or the best so far with 15 % of exploring. */
  LEARNING_POLICY: z.enum(["thompson", "epsilon-greedy"]).default("thompson"),
  /** Where web listens. On any address but loopback everybody signs in. */
  ARIA_HOST: z.string().default("127.0.0.1"),
  /** Where others reach Aria, by a proxy of the owner's: they see what was shared, and whoever signs in all that is theirs. */
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => new URL(url).origin)
    .optional(),
  /**
   * The proxies before web, addresses or subnets by commas, whose `X-Forwarded-For` is believed; those on this machine always are.
   * Absent where one is: all that it passes on is taken for one visitor's.
   */
  TRUSTED_PROXIES: z
    .string()
    .default("")
    .transform((list) => list.split(/[\s,]+/).filter(Boolean))
    .refine(areAddresses, "must be addresses or subnets, by commas"),
  /** By which the owner is known before there is a password: printed by the launcher, or given by the operator. */
  CLAIM_CODE: z.string().min(12).max(64).optional(),
  /** Where backups lie; another disk is the better place. By default a folder in the data folder. */
  BACKUP_DIR: z
    .string()
    .min(1)
    .transform((dir) => path.resolve(dir))
    .optional(),
  /** Of how many days, and of how many weeks, the last backup is kept. */
  BACKUPS_DAILY: z.coerce.number().int().min(1).max(366).default(7),
  BACKUPS_WEEKLY: z.coerce.number().int().min(0).max(520).default(4),
  /** Of memory, for what a process keeps near where there is no Redis; 0 keeps nothing. */
  CACHE_MB: z.coerce.number().int().min(0).max(16_384).default(64),
  /** Where pictures are kept instead of the data folder: a store that speaks S3, its address with the bucket. */
  S3_URL: z.url({ protocol: /^https?$/ }).optional(),
  S3_REGION: z.string().min(1).default("us-east-1"),
  S3_ACCESS_KEY_ID: z.string().default(""),
  S3_SECRET_ACCESS_KEY: z.string().default(""),
  /** How long a program that is told to end goes on answering before it lets go of its port, for whoever sends it work to hear of it. */
  DRAIN_NOTICE_SECONDS: z.coerce.number().int().min(0).max(300).default(0),
  /** How long what is being answered may take then. */
  DRAIN_SECONDS: z.coerce.number().int().min(0).max(3_600).default(25),
  /** Shared by web, which signs socket tickets, and inference, which reads them. */
  TICKET_SECRET: z.string().min(32),
});
export type Env = z.infer<typeof Env>;

const BackupEnv = Env.pick({
  ARIA_DATA_DIR: true,
  BACKUP_DIR: true,
  BACKUPS_DAILY: true,
  BACKUPS_WEEKLY: true,
  S3_URL: true,
  S3_REGION: true,
  S3_ACCESS_KEY_ID: true,
  S3_SECRET_ACCESS_KEY: true,
});
export type BackupEnv = z.infer<typeof BackupEnv>;

/** Of a command that needs nothing but the data folder and its backups. */
export function readBackupEnv(source: NodeJS.ProcessEnv): BackupEnv {
  const env = BackupEnv.safeParse(source);
  if (!env.success) throw new Error(`Environment is not usable:\n${z.prettifyError(env.error)}`);
  return withKeys(env.data);
}

function withKeys<E extends BackupEnv>(env: E): E {
  if (env.S3_URL === undefined || (env.S3_ACCESS_KEY_ID !== "" && env.S3_SECRET_ACCESS_KEY !== "")) return env;
  throw new Error("Environment is not usable: S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY must be set where S3_URL is");
}

/** Called once per process, by its entry point. Nothing else may touch `process.env`. */
export function readEnv(source: NodeJS.ProcessEnv): Env {
  const env = Env.safeParse(source);
  if (!env.success) throw new Error(`Environment is not usable:\n${z.prettifyError(env.error)}`);
  if (env.data.LLM_PROVIDER !== "none" && env.data.LLM_MODEL === "")
    throw new Error("Environment is not usable: LLM_MODEL must name a model where LLM_PROVIDER is set");
  if (env.data.INFERENCE_URL.length > 1 && env.data.REDIS_URL === undefined)
    throw new Error("Environment is not usable: REDIS_URL must be set where INFERENCE_URL names several");
  return withKeys(env.data);
}

/** What no log and no report may hold. */
export function secretsOf({
  DATABASE_URL,
  CLAIM_CODE,
  LLM_API_KEY,
  REDIS_URL,
  TICKET_SECRET,
  ...env
}: Env): (string | undefined)[] {
  const passwordIn = (url: string) => (URL.canParse(url) ? decodeURIComponent(new URL(url).password) : undefined);
  const passwords = [DATABASE_URL, REDIS_URL].map((url) => (url === undefined ? undefined : passwordIn(url)));
  return [
    DATABASE_URL,
    REDIS_URL,
    ...passwords,
    CLAIM_CODE,
    LLM_API_KEY,
    env.S3_SECRET_ACCESS_KEY || undefined,
    TICKET_SECRET,
  ];
}

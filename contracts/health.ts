/** Whether Aria can paint, and if not, what is missing. */
import { z } from "zod";
import { ModelCard } from "./generation.ts";

export const Check = z.object({
  name: z.enum([
    "database",
    "migrations",
    "inference",
    "model",
    "storage",
    "disk",
    "memory",
    "queue",
    "studio",
    "process",
  ]),
  ok: z.boolean(),
  /** One plain sentence. */
  detail: z.string(),
});
export type Check = z.infer<typeof Check>;

export const LiveReply = z.object({ status: z.literal("ok") });
export const ReadyReply = z.object({
  status: z.enum(["ready", "not ready"]),
  /** Names of the checks that fail. */
  failing: z.array(Check.shape.name),
  checks: z.array(Check),
});

export const Readiness = z.object({
  ready: z.boolean(),
  checks: z.array(Check),
  models: z.array(ModelCard),
  /** In words: "the CPU: no CUDA provider on this machine". */
  device: z.string(),
});
export type Readiness = z.infer<typeof Readiness>;

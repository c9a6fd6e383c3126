/** What can be done with models besides painting: bringing them in, looking after them, keeping them at hand. */
import { z } from "zod";
import { ModelId } from "./generation.ts";

export const PRECISIONS = ["", "fp16", "fp32", "quantized"] as const;
/** Which export is brought where a repository has several; empty: the plain one, else the shortest name. */
export const Precision = z.enum(PRECISIONS);
export type Precision = z.infer<typeof Precision>;

export const InstallInput = z.object({
  /** A Hub id like owner/name, or a folder or a zip on the machine that paints. */
  from: z.string().trim().min(1, "must not be empty").max(500, "must be at most 500 characters"),
  /** Its name here; made of `from` where it is absent. */
  id: ModelId.optional(),
  revision: z.string().max(100, "must be at most 100 characters").optional(),
  precision: Precision.default(""),
});
export type InstallInput = z.infer<typeof InstallInput>;

const ListedFile = z.object({
  /** Relative to the model's root, with forward slashes. */
  path: z.string(),
  bytes: z.int(),
  /** Where the source tells it. */
  sha256: z.string().nullable(),
});

/** What an install would do, before it does anything. */
export const InstallPlan = z.object({
  id: ModelId,
  source: z.string(),
  /** The exact version, where the source has versions. */
  revision: z.string().nullable(),
  licence: z.string().nullable(),
  files: z.array(ListedFile),
  bytes: z.int(),
  freeBytes: z.int(),
  /** About how long it takes to come, by how fast the first of it came. */
  seconds: z.number(),
  /** About what its weights will take in memory on a CPU, where those of 16 bits are computed in 32; activations come on top. */
  residentBytes: z.int(),
});
export type InstallPlan = z.infer<typeof InstallPlan>;

/** What takes minutes, and goes on while nobody looks. */
export const TaskInput = z.discriminatedUnion("kind", [
  InstallInput.extend({ kind: z.literal("install") }),
  z.object({ kind: z.literal("verify"), modelId: ModelId }),
  z.object({ kind: z.literal("optimize"), modelId: ModelId }),
]);
export type TaskInput = z.infer<typeof TaskInput>;

export const ModelTask = z.object({
  id: z.uuid(),
  kind: z.enum(["install", "verify", "optimize"]),
  /** The model, or where it is to come from. */
  subject: z.string(),
  state: z.enum(["running", "done", "failed", "cancelled"]),
  done: z.number(),
  /** 0 where nobody knows yet. */
  of: z.number(),
  unit: z.enum(["bytes", "pictures", "files"]),
  /** How it ended, in a sentence; null while it runs. */
  outcome: z.string().nullable(),
});
export type ModelTask = z.infer<typeof ModelTask>;

export const CatalogueEntry = z.object({
  hubId: z.string(),
  family: z.string(),
  /** Of what an install would bring, roughly; null where the page was not seen. */
  bytes: z.int().nullable(),
  licence: z.string().nullable(),
  /** Whether it was ever opened by this engine. */
  verified: z.boolean(),
});
export type CatalogueEntry = z.infer<typeof CatalogueEntry>;

/** `load` and `unload` of the pool; a pinned model is never evicted for another, and is loaded at start. */
export const ModelAction = z.enum(["load", "unload", "pin", "unpin"]);
export type ModelAction = z.infer<typeof ModelAction>;
export const ActInput = z.object({ modelId: ModelId, action: ModelAction });

/** What inference answers, by call. */
export const PlanReply = z.object({ plan: InstallPlan });
export const TaskReply = z.object({ task: ModelTask });
export const TasksReply = z.object({ tasks: z.array(ModelTask) });
export const CancelReply = z.object({ cancelled: z.boolean() });
export const CatalogueReply = z.object({ catalogue: z.array(CatalogueEntry) });
/** It was done, and there is nothing to say of it; also what is sent where nothing has to be said. */
export const Nothing = z.object({});

/** Tasks on models, each in a child of its own, with how far they have come. */
import type { ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { sentenceFor } from "#contracts/error-sentences.ts";
import { AriaError, isAriaError } from "#contracts/errors.ts";
import type { ModelTask, TaskInput } from "#contracts/models.ts";
import { forkProgram } from "#inference/runtime/fork-program.ts";
import { errorFrom } from "#inference/runtime/told-error.ts";
import type { FromTask, TaskSettings, ToTask } from "./task-messages.ts";

const CHILD = "inference/models/tasks/task-child.ts";
/** Older ones that are over are forgotten. */
const MOST_KEPT = 20;
const MOST_RUNNING = 2;

interface Options extends TaskSettings {
  readonly env: NodeJS.ProcessEnv;
  /** The folders may be others now. */
  readonly onEnd: (task: ModelTask) => void;
}

export class ModelTasks {
  readonly #options: Options;
  readonly #tasks = new Map<string, ModelTask>();
  readonly #children = new Map<string, ChildProcess>();

  constructor(options: Options) {
    this.#options = options;
  }

  /** Newest first. */
  list(): ModelTask[] {
    return [...this.#tasks.values()].reverse();
  }

  /** Throws CONFLICT where the same is being done already, BUSY where too much else is. */
  start(input: TaskInput): ModelTask {
    const subject = input.kind === "install" ? input.from : input.modelId;
    const running = this.list().filter(({ state }) => state === "running");
    if (running.some((task) => task.subject === subject))
      throw new AriaError("CONFLICT", { reason: `${subject} is being seen to already.` });
    if (running.length >= MOST_RUNNING) throw new AriaError("BUSY", { retryAfterMs: 10_000 });
    const { kind } = input;
    const task: ModelTask = {
      id: randomUUID(),
      kind,
      subject,
      state: "running",
      done: 0,
      of: 0,
      unit: kind === "install" ? "bytes" : kind === "verify" ? "files" : "pictures",
      outcome: null,
    };
    this.#tasks.set(task.id, task);
    this.#forgetOld();
    this.#fork(task.id, input);
    return task;
  }

  /** False where it is over, or was never begun. */
  cancel(id: string): boolean {
    const child = this.#children.get(id);
    if (!child) return false;
    this.#end(id, "cancelled", "It was stopped.");
    child.kill("SIGKILL");
    return true;
  }

  close(): void {
    for (const child of this.#children.values()) child.kill("SIGKILL");
  }

  #fork(id: string, input: TaskInput): void {
    const { env, onEnd: _, ...settings } = this.#options;
    const work = mkdtempSync(path.join(tmpdir(), "aria-task-"));
    // Its own temporary files go where they are found again.
    const own = { ...env, TMPDIR: work, TEMP: work };
    const child = forkProgram(CHILD, [], { env: own });
    this.#children.set(id, child);
    child.on("message", (message: FromTask) => this.#hear(id, message));
    const forget = (why: string): void => {
      this.#end(id, "failed", why);
      this.#children.delete(id);
      // A killed one has not cleared up after itself.
      rmSync(work, { recursive: true, force: true });
      this.#options.onEnd(this.#tasks.get(id)!);
    };
    child.once("exit", (code, signal) => forget(`The process that did it ended with ${signal ?? code}.`));
    child.on("error", (error) => {
      // Never born, it will not exit either. Else it is a message it did not live to read, and its exit counts.
      if (child.pid === undefined) forget(`It could not be begun: ${error.message}.`);
    });
    child.send({ input, settings: { ...settings } } satisfies ToTask);
  }

  #hear(id: string, message: FromTask): void {
    const task = this.#tasks.get(id);
    if (task?.state !== "running") return;
    if (message.type === "done") this.#end(id, message.isSound ? "done" : "failed", message.outcome);
    else if (message.type === "failed") {
      const error = errorFrom(message);
      this.#end(id, "failed", isAriaError(error) ? sentenceFor(error) : error.message);
    } else {
      const { done, of, unit } = message;
      this.#tasks.set(id, { ...task, done, of, unit });
    }
  }

  /** Only once: what comes after is the echo of it. */
  #end(id: string, state: ModelTask["state"], outcome: string): void {
    const task = this.#tasks.get(id);
    if (task?.state === "running") this.#tasks.set(id, { ...task, state, outcome });
  }

  #forgetOld(): void {
    for (const { id, state } of this.#tasks.values())
      if (this.#tasks.size > MOST_KEPT && state !== "running") this.#tasks.delete(id);
  }
}

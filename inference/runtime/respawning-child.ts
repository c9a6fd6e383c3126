/** A child process that is started again whenever it dies, a little later each time it does not get far. */
import type { ChildProcess } from "node:child_process";
import { forkProgram } from "./fork-program.ts";

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

interface Options<In> {
  /** As `forkProgram` is told. */
  readonly source: string;
  readonly env: NodeJS.ProcessEnv;
  readonly onMessage: (message: In) => void;
  /** A new one listens: what the last one did not finish may be sent again. */
  readonly onStart: () => void;
  /** By a signal, or an exit code. */
  readonly onDeath: (cause: string) => void;
}

export class RespawningChild<Out extends object, In> {
  readonly #options: Options<In>;
  #child: ChildProcess | null = null;
  #pauseMs = FIRST_PAUSE_MS;
  #closed = false;

  constructor(options: Options<In>) {
    this.#options = options;
    // Not before whoever makes it has it in hand.
    queueMicrotask(() => this.#closed || this.#start());
  }

  /** For tests that kill it, and for whoever watches the machine. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  get isAlive(): boolean {
    return this.#child?.connected ?? false;
  }

  /** False while none lives to read it. */
  send(message: Out): boolean {
    if (!this.isAlive) return false;
    this.#child?.send(message);
    return true;
  }

  /** It got somewhere: should it die, the next one is not kept waiting. */
  thrives(): void {
    this.#pauseMs = FIRST_PAUSE_MS;
  }

  async close(): Promise<void> {
    this.#closed = true;
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    // A run cannot be interrupted, and ending the process during one aborts it: nothing is lost by the short way.
    child.kill("SIGKILL");
    await gone;
  }

  #start(): void {
    const child = forkProgram(this.#options.source, [], {
      serialization: "advanced",
      // glibc keeps what a released model held, one arena a thread; these two give it back.
      env: { ...this.#options.env, MALLOC_ARENA_MAX: "1", MALLOC_TRIM_THRESHOLD_: "65536" },
    });
    this.#child = child;
    child.on("message", (message: In) => this.#options.onMessage(message));
    child.once("exit", (code, signal) => this.#mourn(signal ?? String(code)));
    child.on("error", (error) => {
      // Never born, it will not exit either. Else it is a message it did not live to read, and its exit counts.
      if (child.pid === undefined) this.#mourn(String(error));
    });
    this.#options.onStart();
  }

  #mourn(cause: string): void {
    if (this.#closed) return;
    this.#options.onDeath(cause);
    setTimeout(() => this.#closed || this.#start(), this.#pauseMs);
    this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
  }
}

import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

const ASK_AGAIN_MS = 200;
/** Nobody listens, or a server that starts or ends: no connection came about, so nothing that was asked has begun. */
const AWAY = new Set(["ECONNREFUSED", "ECONNRESET", "ENOENT", "57P01", "57P03"]);

type Callback = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  done: (release?: unknown) => void,
) => void;

/** Waits for a database that is away, rather than lose what was painted meanwhile. */
export class PatientPool extends pg.Pool {
  readonly #waitMs: number;

  constructor({ waitMs, ...config }: pg.PoolConfig & { readonly waitMs: number }) {
    super(config);
    this.#waitMs = waitMs;
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Callback): void;
  override connect(callback?: Callback): Promise<pg.PoolClient> | undefined {
    const connecting = this.#insist();
    if (!callback) return connecting;
    connecting.then(
      (client) => callback(undefined, client, () => client.release()),
      (error: Error) => callback(error, undefined, () => {}),
    );
    return;
  }

  async #insist(): Promise<pg.PoolClient> {
    for (const deadline = Date.now() + this.#waitMs; ; await sleep(ASK_AGAIN_MS)) {
      try {
        return await super.connect();
      } catch (error) {
        if (!isAway(error) || Date.now() >= deadline) throw error;
      }
    }
  }
}

/** By the codes of the system and of PostgreSQL (57P01, 57P03: shutting down, starting up), or pg's words for neither. */
const isAway = (error: unknown): boolean =>
  AWAY.has((error as { code?: string }).code ?? "") ||
  (error instanceof Error && error.message === "Connection terminated unexpectedly");

import type { Server } from "socket.io";
import type { ClientToServer, OrderProgress, ServerToClient, Stroke } from "#contracts/generation-events.ts";
import type { Whisper } from "#contracts/mind.ts";
import type { InferenceMetrics } from "#inference/telemetry/inference-metrics.ts";

type Counts = Pick<InferenceMetrics, "socketOpened" | "socketTold">;
type Io = Server<ClientToServer, ServerToClient>;

interface Seen {
  progress: OrderProgress | null;
  stroke: Stroke | null;
}

/** Long enough for a page that reloads to see how it ended. */
const REMEMBER_MS = 60_000;
const isOver = ({ state }: OrderProgress) => state === "painted" || state === "failed" || state === "cancelled";

/** One room an order: whoever holds its ticket watches it, from the last state and stroke on. */
export class GenerationGateway {
  readonly #io: Io;
  readonly #counts: Counts;
  readonly #seen = new Map<string, Seen>();

  constructor(io: Io, readTicket: (ticket: string) => string | null, counts: Counts) {
    this.#io = io;
    this.#counts = counts;
    io.on("connection", (socket) => {
      counts.socketOpened();
      socket.on("order:watch", async (ticket, ack) => {
        const orderId = typeof ticket === "string" ? readTicket(ticket) : null;
        if (typeof ack !== "function") return;
        if (!orderId) return ack("refused");
        await socket.join(orderId);
        ack("watching");
        const { progress, stroke } = this.#seen.get(orderId) ?? {};
        if (stroke) socket.emit("order:stroke", stroke);
        if (progress) socket.emit("order:progress", progress);
      });
    });
  }

  progress(progress: OrderProgress): void {
    this.#counts.socketTold("progress");
    this.#remember(progress.orderId).progress = progress;
    this.#io.to(progress.orderId).emit("order:progress", progress);
    if (isOver(progress)) setTimeout(() => this.#seen.delete(progress.orderId), REMEMBER_MS).unref();
  }

  /** Not kept for later: by then it can be read from the database. */
  thought(whisper: Whisper): void {
    this.#counts.socketTold("thought");
    this.#io.to(whisper.orderId).emit("order:thought", whisper);
  }

  /** Volatile: a slow viewer sees fewer strokes, and holds up nobody. */
  stroke(stroke: Stroke): void {
    this.#counts.socketTold("stroke");
    this.#remember(stroke.orderId).stroke = stroke;
    this.#io.to(stroke.orderId).volatile.emit("order:stroke", stroke);
  }

  #remember(orderId: string): Seen {
    const seen = this.#seen.get(orderId) ?? { progress: null, stroke: null };
    this.#seen.set(orderId, seen);
    return seen;
  }
}

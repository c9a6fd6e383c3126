import type { Server } from "socket.io";
import type { ClientToServer, OrderProgress, ServerToClient, Stroke } from "#contracts/generation-events.ts";
import type { Whisper } from "#contracts/mind.ts";
import type { InferenceMetrics } from "#inference/telemetry/inference-metrics.ts";
import { isOver, type LastShown, lastShownHere } from "./last-shown.ts";

type Counts = Pick<InferenceMetrics, "socketOpened" | "socketTold">;
type Io = Server<ClientToServer, ServerToClient>;

/** One room an order: whoever holds its ticket watches it, from the last state and stroke on. */
export class GenerationGateway {
  readonly #io: Io;
  readonly #counts: Counts;
  readonly #last: LastShown;

  constructor(io: Io, readTicket: (ticket: string) => string | null, counts: Counts, last = lastShownHere()) {
    this.#io = io;
    this.#counts = counts;
    this.#last = last;
    io.on("connection", (socket) => {
      counts.socketOpened();
      socket.on("order:watch", async (ticket, ack) => {
        const orderId = typeof ticket === "string" ? readTicket(ticket) : null;
        if (typeof ack !== "function") return;
        if (!orderId) return ack("refused");
        await socket.join(orderId);
        ack("watching");
        const { progress, stroke } = await last.read(orderId);
        if (stroke) socket.emit("order:stroke", stroke);
        if (progress) socket.emit("order:progress", progress);
      });
    });
  }

  progress(progress: OrderProgress): void {
    this.#counts.socketTold("progress");
    this.#last.keep(progress.orderId, { progress });
    this.#io.to(progress.orderId).emit("order:progress", progress);
  }

  /** Not kept for later: by then it can be read from the database. */
  thought(whisper: Whisper): void {
    this.#counts.socketTold("thought");
    this.#io.to(whisper.orderId).emit("order:thought", whisper);
  }

  /** Volatile: a slow viewer sees fewer strokes, and holds up nobody. */
  stroke(stroke: Stroke): void {
    this.#counts.socketTold("stroke");
    this.#last.keep(stroke.orderId, { stroke });
    this.#io.to(stroke.orderId).volatile.emit("order:stroke", stroke);
  }

  /** For those who watch by another process, once what passes between them was away. */
  tellAgain(): void {
    for (const { progress, stroke } of this.#last.own()) {
      if (!progress) continue;
      if (stroke && !isOver(progress)) this.stroke(stroke);
      this.progress(progress);
    }
  }
}

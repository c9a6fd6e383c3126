/** What passes over the generation socket. Both ends compile against this file; neither defines events of its own. */
import type { ErrorCode } from "./errors.ts";
import type { Whisper } from "./mind.ts";

export interface OrderProgress {
  readonly orderId: string;
  readonly state: "queued" | "painting" | "painted" | "failed" | "cancelled";
  /** Which candidate is on the easel, from 0, and of how many. */
  readonly candidate: number;
  readonly candidates: number;
  /** Denoising steps done on it; 0 is the underpainting. */
  readonly step: number;
  readonly of: number;
  /** Estimated from this order's own steps so far; null before the first. */
  readonly remainingMs: number | null;
  readonly code?: ErrorCode;
}

export interface Stroke {
  readonly orderId: string;
  readonly candidate: number;
  readonly step: number;
  readonly of: number;
  /** The predicted clean picture. */
  readonly image: ArrayBuffer;
  readonly mediaType: "image/jpeg";
}

export interface ServerToClient {
  /** What goes through her mind, told while it does. */
  "order:thought": (event: Whisper) => void;
  "order:progress": (event: OrderProgress) => void;
  /** Lossy: sent volatile, a slow client simply sees fewer strokes. */
  "order:stroke": (event: Stroke) => void;
}

export interface ClientToServer {
  /** The ticket is signed by web and names the one order it lets its bearer watch. The last progress and stroke are replayed. */
  "order:watch": (ticket: string, ack: (reply: "watching" | "refused") => void) => void;
}

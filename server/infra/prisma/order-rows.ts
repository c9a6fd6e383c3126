/** Rows become contract values here and nowhere else. */
import { ArtworkTile } from "#contracts/artwork.ts";
import { Candidate, Order } from "#contracts/order.ts";
import type { Prisma } from "./generated/client.ts";

export const WITH_CANDIDATES = {
  candidates: { orderBy: { index: "asc" }, omit: { embedding: true } },
  thoughts: { orderBy: { index: "asc" } },
  choices: true,
  artwork: { select: { id: true, candidateIndex: true } },
} as const satisfies Prisma.OrderInclude;

type OrderRow = Prisma.OrderGetPayload<{ include: typeof WITH_CANDIDATES }>;
type CandidateRow = OrderRow["candidates"][number];

export const imageUrlOf = (sha256: string): string => `/images/${sha256}`;

export const toTile = (row: { readonly sha256: string }): ArtworkTile =>
  ArtworkTile.parse({ ...row, imageUrl: imageUrlOf(row.sha256) });

/** Of an embedding. A copy: what the driver gives need not lie at a multiple of four. */
export const toFloats = (bytes: Uint8Array): Float32Array => new Float32Array(new Uint8Array(bytes).buffer);

export function toCandidate(row: CandidateRow, keptIndex: number | null): Candidate {
  return Candidate.parse({
    index: row.index,
    seed: Number(row.seed),
    imageUrl: imageUrlOf(row.sha256),
    thumbhash: row.thumbhash,
    scores: row,
    score: row.score,
    kept: row.index === keptIndex,
  });
}

export function toOrder(row: OrderRow): Order {
  const keptIndex = row.artwork?.candidateIndex ?? null;
  return Order.parse({
    ...row,
    seed: Number(row.seed),
    failure: row.failureCode ? { code: row.failureCode, message: row.failureMessage ?? "" } : null,
    artworkId: row.artwork?.id ?? null,
    candidates: row.candidates.map((candidate) => toCandidate(candidate, keptIndex)),
  });
}

import { randomUUID } from "node:crypto";
import type { ArtworkId } from "#contracts/artwork.ts";
import type { Database } from "#server/infra/prisma/database.ts";

export interface Hung {
  /** The owner's first, where nobody is named. */
  readonly artistId?: string;
  readonly title?: string;
  readonly prompt?: string;
  readonly mood?: string;
  readonly style?: string;
  readonly modelId?: string;
  readonly score?: number;
  readonly widthPx?: number;
  readonly heightPx?: number;
  readonly createdAt?: Date;
  readonly trashedAt?: Date;
  readonly sha256?: string;
  readonly embedding?: Float32Array;
}

/** An artwork with its order and its one candidate, straight into the tables, a second after the last. */
export async function hang(db: Database, asked: Hung = {}): Promise<ArtworkId> {
  const { artistId, ...part } = asked;
  const whose = artistId === undefined ? { owner: { isOwner: true } } : { id: artistId };
  const { id: painter, ownerId } = await db.artist.findFirstOrThrow({ where: whose, orderBy: { createdAt: "asc" } });
  const count = await db.artwork.count();
  const id = randomUUID();
  const { embedding, title = "A lighthouse", prompt = "a lighthouse", ...rest } = part;
  const sha256 = part.sha256 ?? id.replaceAll("-", "").padEnd(64, "0");
  const shared = { prompt, modelId: part.modelId ?? "aria", seed: 1n, widthPx: 256, heightPx: 256 };
  const looks = { sha256, bytes: 1, thumbhash: "AAAA", score: part.score ?? 0.5 };
  const technical = { sharpness: 0.5, exposure: 0.5, contrast: 0.5, clipping: 0.5 };
  await db.order.create({
    data: {
      id,
      artistId: painter,
      ownerId,
      ...shared,
      negativePrompt: "",
      steps: 8,
      guidance: 3.5,
      sampler: "dpmpp-2m",
      count: 1,
      state: "done",
      candidates: {
        create: {
          index: 0,
          seed: 1n,
          ...looks,
          ...technical,
          embedding: embedding ? new Uint8Array(embedding.buffer as ArrayBuffer) : null,
        },
      },
      artwork: {
        create: {
          id,
          artistId: painter,
          ownerId,
          title,
          candidateIndex: 0,
          ...shared,
          ...looks,
          modelHash: "hung",
          reason: "hung by a test",
          createdAt: new Date(Date.UTC(2026, 0, 1) + count * 1_000),
          ...rest,
        },
      },
    },
  });
  return id as ArtworkId;
}

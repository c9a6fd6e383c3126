import type { Ports } from "#server/ports.ts";
import { prismaArtists } from "./artists.ts";
import { prismaArtworks } from "./artworks.ts";
import { prismaCollections } from "./collections.ts";
import type { Database } from "./database.ts";
import { prismaDevices } from "./devices.ts";
import { prismaDuels } from "./duels.ts";
import { prismaGallery } from "./gallery.ts";
import { prismaLearning } from "./learning.ts";
import { prismaLine } from "./line.ts";
import { prismaOperations } from "./operations.ts";
import { prismaOrders } from "./orders.ts";
import { prismaSafety } from "./safety.ts";
import { prismaSeries } from "./series.ts";
import { prismaShares } from "./shares.ts";

/** What hangs together by foreign keys. */
export const prismaRepos = (
  db: Database,
): Pick<
  Ports,
  | "orders"
  | "artworks"
  | "artists"
  | "learning"
  | "duels"
  | "series"
  | "gallery"
  | "collections"
  | "shares"
  | "devices"
  | "safety"
  | "line"
  | "operations"
> => ({
  orders: prismaOrders(db),
  line: prismaLine(db),
  operations: prismaOperations(db),
  safety: prismaSafety(db),
  artworks: prismaArtworks(db),
  artists: prismaArtists(db),
  learning: prismaLearning(db),
  duels: prismaDuels(db),
  series: prismaSeries(db),
  gallery: prismaGallery(db),
  collections: prismaCollections(db),
  shares: prismaShares(db),
  devices: prismaDevices(db),
});

import type { Ports } from "#server/ports.ts";
import { prismaArtists } from "./artists.ts";
import { prismaArtworks } from "./artworks.ts";
import { prismaCollections } from "./collections.ts";
import type { Database } from "./database.ts";
import { prismaDevices } from "./devices.ts";
import { prismaDuels } from "./duels.ts";
import { prismaFiles } from "./files.ts";
import { prismaGallery } from "./gallery.ts";
import { prismaLearning } from "./learning.ts";
import { prismaLine } from "./line.ts";
import { prismaOperations } from "./operations.ts";
import { prismaOrders } from "./orders.ts";
import type { Owner } from "./owned.ts";
import { prismaSafety } from "./safety.ts";
import { prismaSeries } from "./series.ts";
import { prismaShares } from "./shares.ts";

/** What hangs together by foreign keys, of one person; null: everybody's. */
export const prismaRepos = (
  db: Database,
  owner: Owner,
): Pick<
  Ports,
  | "owner"
  | "files"
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
  owner,
  files: prismaFiles(db, owner),
  orders: prismaOrders(db, owner),
  line: prismaLine(db, owner),
  operations: prismaOperations(db),
  safety: prismaSafety(db),
  artworks: prismaArtworks(db, owner),
  artists: prismaArtists(db, owner),
  learning: prismaLearning(db, owner),
  duels: prismaDuels(db, owner),
  series: prismaSeries(db, owner),
  gallery: prismaGallery(db, owner),
  collections: prismaCollections(db, owner),
  shares: prismaShares(db, owner),
  devices: prismaDevices(db, owner),
});

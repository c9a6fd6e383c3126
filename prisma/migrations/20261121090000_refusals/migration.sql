-- How often inference was away or busy when the order's turn came: what its patience is counted by.
ALTER TABLE "orders" ADD COLUMN "refusals" INTEGER NOT NULL DEFAULT 0;

-- Nothing looks artworks up by file, and the partial index serves the gallery alone.
DROP INDEX "artworks_sha256_idx";
DROP INDEX "artworks_created_at_id_idx";

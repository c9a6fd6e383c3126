-- Whose everything is. What was there before there were several people is the owner's.
ALTER TABLE "artists" ADD COLUMN "owner_id" UUID;
ALTER TABLE "orders" ADD COLUMN "owner_id" UUID;
ALTER TABLE "artworks" ADD COLUMN "owner_id" UUID;
ALTER TABLE "series" ADD COLUMN "owner_id" UUID;
ALTER TABLE "collections" ADD COLUMN "owner_id" UUID;
ALTER TABLE "devices" ADD COLUMN "person_id" UUID;
UPDATE "artists" SET "owner_id" = (SELECT "id" FROM "people" WHERE "is_owner");
UPDATE "orders" SET "owner_id" = (SELECT "id" FROM "people" WHERE "is_owner");
UPDATE "artworks" SET "owner_id" = (SELECT "id" FROM "people" WHERE "is_owner");
UPDATE "series" SET "owner_id" = (SELECT "id" FROM "people" WHERE "is_owner");
UPDATE "collections" SET "owner_id" = (SELECT "id" FROM "people" WHERE "is_owner");
UPDATE "devices" SET "person_id" = (SELECT "id" FROM "people" WHERE "is_owner");
ALTER TABLE "artists" ALTER COLUMN "owner_id" SET NOT NULL;
ALTER TABLE "orders" ALTER COLUMN "owner_id" SET NOT NULL;
ALTER TABLE "artworks" ALTER COLUMN "owner_id" SET NOT NULL;
ALTER TABLE "series" ALTER COLUMN "owner_id" SET NOT NULL;
ALTER TABLE "collections" ALTER COLUMN "owner_id" SET NOT NULL;
ALTER TABLE "devices" ALTER COLUMN "person_id" SET NOT NULL;
ALTER TABLE "artists" ADD CONSTRAINT "artists_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "orders" ADD CONSTRAINT "orders_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "artworks" ADD CONSTRAINT "artworks_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "series" ADD CONSTRAINT "series_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "collections" ADD CONSTRAINT "collections_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "devices" ADD CONSTRAINT "devices_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE INDEX "devices_person_id_idx" ON "devices" ("person_id");

-- Pictures that a person sent to be painted over: theirs before any order names them.
CREATE TABLE "sketches" (
    "owner_id" UUID NOT NULL,
    "sha256" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sketches_pkey" PRIMARY KEY ("sha256", "owner_id")
);
ALTER TABLE "sketches" ADD CONSTRAINT "sketches_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Everybody has an artist of their own, whose name is hers among that person's alone.
DROP INDEX "artists_name_key";
CREATE UNIQUE INDEX "artists_owner_id_name_key" ON "artists" ("owner_id", "name");
INSERT INTO "artists" ("id", "owner_id", "name", "curiosity", "patience", "mood", "energy", "intensity", "mood_since", "lived_until", "created_at")
  SELECT gen_random_uuid(), "id", 'Aria', 0.5, 0.7, 'contemplative', 0.5, 0.7, now(), now(), now() FROM "people" WHERE NOT "is_owner" AND "left_at" IS NULL;

-- Each wall is one person's: what it is read from begins with whose it is.
DROP INDEX "artworks_gallery_idx";
DROP INDEX "artworks_best_idx";
DROP INDEX "artworks_mood_idx";
DROP INDEX "artworks_style_idx";
CREATE INDEX "artworks_gallery_idx" ON "artworks" ("owner_id", "created_at" DESC, "id" DESC) INCLUDE ("score", "width_px", "height_px") WHERE "trashed_at" IS NULL;
CREATE INDEX "artworks_best_idx" ON "artworks" ("owner_id", "score" DESC, "id" DESC) INCLUDE ("created_at", "width_px", "height_px") WHERE "trashed_at" IS NULL;
CREATE INDEX "artworks_mood_idx" ON "artworks" ("owner_id", "mood", "created_at" DESC, "id" DESC) WHERE "trashed_at" IS NULL;
CREATE INDEX "artworks_style_idx" ON "artworks" ("owner_id", "style", "created_at" DESC, "id" DESC) WHERE "trashed_at" IS NULL;
-- What an artist remembers, and what is read for likeness, the trash too.
CREATE INDEX "artworks_artist_idx" ON "artworks" ("artist_id", "created_at" DESC, "id" DESC) WHERE "trashed_at" IS NULL;
CREATE INDEX "artworks_owner_id_created_at_id_idx" ON "artworks" ("owner_id", "created_at", "id");
DROP INDEX "orders_created_at_idx";
CREATE INDEX "orders_owner_id_created_at_idx" ON "orders" ("owner_id", "created_at" DESC);
DROP INDEX "series_created_at_idx";
CREATE INDEX "series_owner_id_created_at_idx" ON "series" ("owner_id", "created_at" DESC);
CREATE INDEX "collections_owner_id_created_at_idx" ON "collections" ("owner_id", "created_at" DESC);

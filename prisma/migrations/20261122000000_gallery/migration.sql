-- What the gallery is searched and filtered by.
ALTER TABLE "artworks" ADD COLUMN "style" TEXT;
UPDATE "artworks" SET "style" = "choices"."arm" FROM "choices"
  WHERE "choices"."order_id" = "artworks"."order_id" AND "choices"."dimension" = 'style';

-- Words are found by their stem, in what it is called and in what was painted.
ALTER TABLE "artworks" ADD COLUMN "search" tsvector GENERATED ALWAYS AS (to_tsvector('english', "title" || ' ' || "prompt")) STORED;
CREATE INDEX "artworks_search_idx" ON "artworks" USING GIN ("search");

-- The order of a wall and the shapes that hang on it are read from these alone.
DROP INDEX "artworks_gallery_idx";
CREATE INDEX "artworks_gallery_idx" ON "artworks" ("created_at" DESC, "id" DESC) INCLUDE ("score", "width_px", "height_px") WHERE "trashed_at" IS NULL;
CREATE INDEX "artworks_best_idx" ON "artworks" ("score" DESC, "id" DESC) INCLUDE ("created_at", "width_px", "height_px") WHERE "trashed_at" IS NULL;
CREATE INDEX "artworks_mood_idx" ON "artworks" ("mood", "created_at" DESC, "id" DESC) WHERE "trashed_at" IS NULL;
CREATE INDEX "artworks_style_idx" ON "artworks" ("style", "created_at" DESC, "id" DESC) WHERE "trashed_at" IS NULL;
CREATE INDEX "artworks_trash_idx" ON "artworks" ("trashed_at") WHERE "trashed_at" IS NOT NULL;

-- What is loved is asked for by its kind.
CREATE INDEX "feedback_action_artwork_id_idx" ON "feedback" ("action", "artwork_id");

CREATE TABLE "collections" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "cover_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "collections_pkey" PRIMARY KEY ("id")
);
CREATE TABLE "collection_items" (
    "collection_id" UUID NOT NULL,
    "artwork_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "collection_items_pkey" PRIMARY KEY ("collection_id", "artwork_id")
);
CREATE INDEX "collection_items_collection_id_position_idx" ON "collection_items" ("collection_id", "position");
CREATE INDEX "collection_items_artwork_id_idx" ON "collection_items" ("artwork_id");
ALTER TABLE "collections" ADD CONSTRAINT "collections_cover_id_fkey" FOREIGN KEY ("cover_id") REFERENCES "artworks"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "collection_items" ADD CONSTRAINT "collection_items_collection_id_fkey" FOREIGN KEY ("collection_id") REFERENCES "collections"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "collection_items" ADD CONSTRAINT "collection_items_artwork_id_fkey" FOREIGN KEY ("artwork_id") REFERENCES "artworks"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What a person may see without being asked for anything but the link.
CREATE TABLE "shares" (
    "slug" TEXT NOT NULL,
    "artwork_id" UUID,
    "collection_id" UUID,
    "password_hash" TEXT,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "views" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "shares_pkey" PRIMARY KEY ("slug")
);
CREATE INDEX "shares_artwork_id_idx" ON "shares" ("artwork_id");
CREATE INDEX "shares_collection_id_idx" ON "shares" ("collection_id");
ALTER TABLE "shares" ADD CONSTRAINT "shares_artwork_id_fkey" FOREIGN KEY ("artwork_id") REFERENCES "artworks"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "shares" ADD CONSTRAINT "shares_collection_id_fkey" FOREIGN KEY ("collection_id") REFERENCES "collections"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Where the eye should rest when a picture is cropped, 0 to 1 from left and top, as a person moved it.
ALTER TABLE "artworks" ADD COLUMN "focal_x" DOUBLE PRECISION;
ALTER TABLE "artworks" ADD COLUMN "focal_y" DOUBLE PRECISION;

-- Devices that asked to be told, by the address of their push service.
CREATE TABLE "devices" (
    "endpoint" TEXT NOT NULL,
    "p256dh" TEXT NOT NULL,
    "auth" TEXT NOT NULL,
    "topics" TEXT[],
    "locale" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "devices_pkey" PRIMARY KEY ("endpoint")
);

-- What is made once, at the first start, and kept: the keys that push messages are signed with.
CREATE TABLE "secrets" (
    "name" TEXT NOT NULL,
    "value" JSONB NOT NULL,

    CONSTRAINT "secrets_pkey" PRIMARY KEY ("name")
);

-- How a work was painted, as an animated WebP: the content address of its file.
ALTER TABLE "artworks" ADD COLUMN "film" TEXT;
CREATE INDEX "artworks_film_idx" ON "artworks" ("film") WHERE "film" IS NOT NULL;

-- The place of an order in the line, which a person may change.
ALTER TABLE "orders" ADD COLUMN "queued_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;
UPDATE "orders" SET "queued_at" = "created_at";

-- What is on or off for all programs together: whether the line is paused.
CREATE TABLE "switches" (
    "name" TEXT NOT NULL,
    "is_on" BOOLEAN NOT NULL,

    CONSTRAINT "switches_pkey" PRIMARY KEY ("name")
);

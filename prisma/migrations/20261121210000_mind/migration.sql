-- Her mind: who she is, how she feels, what she thinks, chooses and learns. Orders from before were themes painted as they stood.
CREATE TABLE "artists" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "curiosity" DOUBLE PRECISION NOT NULL,
    "patience" DOUBLE PRECISION NOT NULL,
    "mood" TEXT NOT NULL,
    "energy" DOUBLE PRECISION NOT NULL,
    "intensity" DOUBLE PRECISION NOT NULL,
    "mood_since" TIMESTAMPTZ(3) NOT NULL,
    "lived_until" TIMESTAMPTZ(3) NOT NULL,
    "experience" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "is_on" BOOLEAN NOT NULL DEFAULT false,
    "quiet_from" INTEGER NOT NULL DEFAULT 22,
    "quiet_to" INTEGER NOT NULL DEFAULT 8,
    "daily_budget" INTEGER NOT NULL DEFAULT 6,
    "next_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "artists_pkey" PRIMARY KEY ("id")
);
INSERT INTO "artists" ("id", "name", "curiosity", "patience", "mood", "energy", "intensity", "mood_since", "lived_until", "created_at")
VALUES (gen_random_uuid(), 'Aria', 0.5, 0.7, 'contemplative', 0.5, 0.7, now(), now(), now());

ALTER TABLE "orders"
  ADD COLUMN "artist_id" UUID,
  ADD COLUMN "theme" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "asked" JSONB NOT NULL DEFAULT '{}',
  ADD COLUMN "enhance" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "own" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "parent_id" UUID,
  ADD COLUMN "remix" TEXT,
  ADD COLUMN "series_id" UUID,
  ADD COLUMN "piece" INTEGER,
  ADD COLUMN "mood" TEXT,
  ADD COLUMN "subject" TEXT,
  ADD COLUMN "title" TEXT,
  ADD COLUMN "statement" TEXT;
UPDATE "orders" SET "artist_id" = (SELECT "id" FROM "artists" LIMIT 1), "theme" = "prompt";
ALTER TABLE "orders" ALTER COLUMN "artist_id" SET NOT NULL;
-- What was asked before and is not painted yet stays as it was asked.
UPDATE "orders" SET "asked" = jsonb_build_object('modelId', "model_id", 'widthPx', "width_px", 'heightPx', "height_px", 'steps', "steps",
  'guidance', "guidance", 'guidanceStop', "guidance_stop", 'sampler', "sampler", 'scheduleType', "schedule_type", 'underpainting', "underpainting")
WHERE "state" IN ('waiting', 'painting');

ALTER TABLE "artworks"
  ADD COLUMN "artist_id" UUID,
  ADD COLUMN "title" TEXT,
  ADD COLUMN "mood" TEXT;
UPDATE "artworks" SET "artist_id" = (SELECT "id" FROM "artists" LIMIT 1), "title" = split_part("prompt", ',', 1);
ALTER TABLE "artworks" ALTER COLUMN "artist_id" SET NOT NULL, ALTER COLUMN "title" SET NOT NULL;

ALTER TABLE "candidates"
  ADD COLUMN "composition" DOUBLE PRECISION,
  ADD COLUMN "aesthetic" DOUBLE PRECISION,
  ADD COLUMN "taste" DOUBLE PRECISION,
  ADD COLUMN "hash" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "embedding" BYTEA;

CREATE TABLE "mood_changes" (
    "id" BIGSERIAL NOT NULL,
    "artist_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "mood" TEXT NOT NULL,
    "energy" DOUBLE PRECISION NOT NULL,
    "intensity" DOUBLE PRECISION NOT NULL,
    "cause" TEXT NOT NULL,

    CONSTRAINT "mood_changes_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "thoughts" (
    "order_id" UUID NOT NULL,
    "index" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "thoughts_pkey" PRIMARY KEY ("order_id","index")
);

CREATE TABLE "choices" (
    "order_id" UUID NOT NULL,
    "dimension" TEXT NOT NULL,
    "arm" TEXT NOT NULL,
    "by" TEXT NOT NULL,

    CONSTRAINT "choices_pkey" PRIMARY KEY ("order_id","dimension")
);

CREATE TABLE "arms" (
    "artist_id" UUID NOT NULL,
    "dimension" TEXT NOT NULL,
    "mood" TEXT NOT NULL,
    "arm" TEXT NOT NULL,
    "successes" DOUBLE PRECISION NOT NULL,
    "failures" DOUBLE PRECISION NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "arms_pkey" PRIMARY KEY ("artist_id","dimension","mood","arm")
);

CREATE TABLE "feedback" (
    "artwork_id" UUID NOT NULL,
    "action" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "feedback_pkey" PRIMARY KEY ("artwork_id", "action")
);

CREATE TABLE "episodes" (
    "id" BIGSERIAL NOT NULL,
    "artist_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "artwork_id" UUID,
    "key" TEXT NOT NULL,

    CONSTRAINT "episodes_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "artists_name_key" ON "artists"("name");
CREATE INDEX "mood_changes_artist_id_at_idx" ON "mood_changes"("artist_id", "at" DESC);
CREATE INDEX "feedback_at_idx" ON "feedback"("at" DESC);
CREATE UNIQUE INDEX "episodes_key_key" ON "episodes"("key");
CREATE INDEX "episodes_artist_id_id_idx" ON "episodes"("artist_id", "id" DESC);

ALTER TABLE "orders" ADD CONSTRAINT "orders_artist_id_fkey" FOREIGN KEY ("artist_id") REFERENCES "artists"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "artworks" ADD CONSTRAINT "artworks_artist_id_fkey" FOREIGN KEY ("artist_id") REFERENCES "artists"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "mood_changes" ADD CONSTRAINT "mood_changes_artist_id_fkey" FOREIGN KEY ("artist_id") REFERENCES "artists"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "thoughts" ADD CONSTRAINT "thoughts_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "choices" ADD CONSTRAINT "choices_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "arms" ADD CONSTRAINT "arms_artist_id_fkey" FOREIGN KEY ("artist_id") REFERENCES "artists"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "feedback" ADD CONSTRAINT "feedback_artwork_id_fkey" FOREIGN KEY ("artwork_id") REFERENCES "artworks"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "episodes" ADD CONSTRAINT "episodes_artist_id_fkey" FOREIGN KEY ("artist_id") REFERENCES "artists"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "duels" (
    "id" UUID NOT NULL,
    "artist_id" UUID NOT NULL,
    "winner_id" UUID NOT NULL,
    "loser_id" UUID NOT NULL,
    "foreseen" DOUBLE PRECISION NOT NULL,
    "is_check" BOOLEAN NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "duels_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "duels_artist_id_at_idx" ON "duels"("artist_id", "at");

ALTER TABLE "duels" ADD CONSTRAINT "duels_artist_id_fkey" FOREIGN KEY ("artist_id") REFERENCES "artists"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "duels" ADD CONSTRAINT "duels_winner_id_fkey" FOREIGN KEY ("winner_id") REFERENCES "artworks"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "duels" ADD CONSTRAINT "duels_loser_id_fkey" FOREIGN KEY ("loser_id") REFERENCES "artworks"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE INDEX "orders_artist_id_own_created_at_idx" ON "orders"("artist_id", "own", "created_at");

CREATE TABLE "series" (
    "id" UUID NOT NULL,
    "theme" TEXT NOT NULL,
    "dimension" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "palette" TEXT NOT NULL,
    "manner" TEXT NOT NULL,
    "model_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "series_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "series_created_at_idx" ON "series"("created_at" DESC);
CREATE UNIQUE INDEX "orders_series_id_piece_key" ON "orders"("series_id", "piece");
CREATE INDEX "orders_parent_id_idx" ON "orders"("parent_id");

ALTER TABLE "orders" ADD CONSTRAINT "orders_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "artworks"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "orders" ADD CONSTRAINT "orders_series_id_fkey" FOREIGN KEY ("series_id") REFERENCES "series"("id") ON DELETE SET NULL ON UPDATE CASCADE;

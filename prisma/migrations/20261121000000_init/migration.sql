-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "OrderState" AS ENUM ('waiting', 'painting', 'done', 'failed', 'cancelled');

-- CreateTable
CREATE TABLE "orders" (
    "id" UUID NOT NULL,
    "prompt" TEXT NOT NULL,
    "negative_prompt" TEXT NOT NULL,
    "model_id" TEXT NOT NULL,
    "width_px" INTEGER NOT NULL,
    "height_px" INTEGER NOT NULL,
    "steps" INTEGER NOT NULL,
    "guidance" DOUBLE PRECISION NOT NULL,
    "sampler" TEXT NOT NULL,
    "underpainting" DOUBLE PRECISION,
    "count" INTEGER NOT NULL,
    "seed" BIGINT NOT NULL,
    "state" "OrderState" NOT NULL DEFAULT 'waiting',
    "failure_code" TEXT,
    "failure_message" TEXT,
    "reason" TEXT,
    "fence" INTEGER NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "lease_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "orders_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "candidates" (
    "order_id" UUID NOT NULL,
    "index" INTEGER NOT NULL,
    "seed" BIGINT NOT NULL,
    "sha256" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "thumbhash" TEXT NOT NULL,
    "sharpness" DOUBLE PRECISION NOT NULL,
    "exposure" DOUBLE PRECISION NOT NULL,
    "contrast" DOUBLE PRECISION NOT NULL,
    "clipping" DOUBLE PRECISION NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "candidates_pkey" PRIMARY KEY ("order_id","index")
);

-- CreateTable
CREATE TABLE "artworks" (
    "id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "candidate_index" INTEGER NOT NULL,
    "prompt" TEXT NOT NULL,
    "model_id" TEXT NOT NULL,
    "model_hash" TEXT NOT NULL,
    "seed" BIGINT NOT NULL,
    "width_px" INTEGER NOT NULL,
    "height_px" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "thumbhash" TEXT NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,
    "reason" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "trashed_at" TIMESTAMPTZ(3),

    CONSTRAINT "artworks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "studios" (
    "id" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "studios_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "orders_state_created_at_idx" ON "orders"("state", "created_at");

-- CreateIndex
CREATE INDEX "orders_created_at_idx" ON "orders"("created_at" DESC);

-- CreateIndex
CREATE INDEX "candidates_sha256_idx" ON "candidates"("sha256");

-- CreateIndex
CREATE UNIQUE INDEX "artworks_order_id_key" ON "artworks"("order_id");

-- CreateIndex
CREATE INDEX "artworks_created_at_id_idx" ON "artworks"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "artworks_sha256_idx" ON "artworks"("sha256");

-- AddForeignKey
ALTER TABLE "candidates" ADD CONSTRAINT "candidates_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "artworks" ADD CONSTRAINT "artworks_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The gallery reads this one: keyset pages over what is not in the trash. Prisma's schema cannot say "where".
CREATE INDEX "artworks_gallery_idx" ON "artworks" ("created_at" DESC, "id" DESC) WHERE "trashed_at" IS NULL;

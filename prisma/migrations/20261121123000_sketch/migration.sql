-- Content address of the sketch a person drew. The sweep asks which files are one.
ALTER TABLE "orders" ADD COLUMN "sketch" TEXT;
CREATE INDEX "orders_sketch_idx" ON "orders"("sketch");

-- Share of the steps that guidance is applied in. Orders from before were guided to the end.
ALTER TABLE "orders" ADD COLUMN "guidance_stop" DOUBLE PRECISION NOT NULL DEFAULT 1;

-- How the noise levels were spaced. Orders from before were painted as the model says.
ALTER TABLE "orders" ADD COLUMN "schedule_type" TEXT NOT NULL DEFAULT 'automatic';

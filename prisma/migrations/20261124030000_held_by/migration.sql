-- The application_name of the connections of the studio that paints it. While PostgreSQL has none of that name, the studio is gone.
ALTER TABLE "orders" ADD COLUMN "held_by" TEXT;

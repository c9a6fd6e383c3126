-- What exactly was done, where the name of the procedure does not say it.
ALTER TABLE "audit" ADD COLUMN "detail" TEXT NOT NULL DEFAULT '';

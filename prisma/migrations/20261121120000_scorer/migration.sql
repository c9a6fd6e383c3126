-- What a model's scorer says of a candidate: older ones were painted before there was any.
ALTER TABLE "candidates" ADD COLUMN "agreement" DOUBLE PRECISION, ADD COLUMN "soundness" DOUBLE PRECISION;

-- What came to its end is counted by the day on which it did, and what ended lately is looked for every few seconds.
CREATE INDEX "orders_finished_at_idx" ON "orders" ("finished_at" DESC);

-- What one admin did, or all that was done of one kind, page by page.
CREATE INDEX "audit_person_id_id_idx" ON "audit" ("person_id", "id" DESC);
CREATE INDEX "audit_action_id_idx" ON "audit" ("action", "id" DESC);

ALTER TABLE "studios" ADD COLUMN "resident_bytes" BIGINT;

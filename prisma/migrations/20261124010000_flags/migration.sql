-- What an operator decided of a flag: none while nothing was, and then everybody gets what is usual.
CREATE TABLE "flags" (
    "name" TEXT NOT NULL,
    "is_on" BOOLEAN NOT NULL,
    "rules" JSONB NOT NULL,
    "shares" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "flags_pkey" PRIMARY KEY ("name")
);

-- Who or what was given which variant, once each, with the chance it had of it just then.
CREATE TABLE "flag_exposures" (
    "flag" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "variant" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "share" DOUBLE PRECISION NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "flag_exposures_pkey" PRIMARY KEY ("flag", "subject", "variant")
);
CREATE INDEX "flag_exposures_subject_idx" ON "flag_exposures" ("subject");

-- What came of a subject, the first time that anything did: a sequence that only grows, and outlives the artworks it is about.
CREATE TABLE "flag_outcomes" (
    "id" BIGSERIAL NOT NULL,
    "flag" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "variant" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "share" DOUBLE PRECISION NOT NULL,
    "value" DOUBLE PRECISION NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "flag_outcomes_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "flag_outcomes_flag_subject_kind_key" ON "flag_outcomes" ("flag", "subject", "kind");
CREATE INDEX "flag_outcomes_flag_kind_id_idx" ON "flag_outcomes" ("flag", "kind", "id");

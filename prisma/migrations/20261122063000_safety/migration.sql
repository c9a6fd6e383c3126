-- What an operator lets be painted: one row, or none while nothing was decided.
CREATE TABLE "safety_rules" (
    "id" INTEGER NOT NULL,
    "refused" TEXT[],
    "deny" TEXT[],
    "allow" TEXT[],
    "people" TEXT[],

    CONSTRAINT "safety_rules_pkey" PRIMARY KEY ("id")
);

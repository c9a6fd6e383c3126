import { schedulerContract } from "#tests/contracts/scheduler-contract.ts";

// It ends at the first training step, as the reference does.
schedulerContract("tcd", { endsClean: false });

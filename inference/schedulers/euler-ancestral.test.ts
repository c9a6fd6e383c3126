import { schedulerContract } from "#tests/contracts/scheduler-contract.ts";

schedulerContract("euler-ancestral", { predictions: ["epsilon", "v_prediction"] });

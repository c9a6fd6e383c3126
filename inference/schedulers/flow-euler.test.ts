import { schedulerContract } from "#tests/contracts/scheduler-contract.ts";

schedulerContract("flow-euler", {
  predictions: ["flow_prediction"],
  unknown: { time_shift_type: "sideways" },
  keepsVariance: false,
});

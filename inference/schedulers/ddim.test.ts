import { schedulerContract } from "#tests/contracts/scheduler-contract.ts";

schedulerContract("ddim");

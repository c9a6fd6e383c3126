import { schedulerContract } from "#tests/contracts/scheduler-contract.ts";

schedulerContract("unipc");

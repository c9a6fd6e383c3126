import { schedulerContract } from "#tests/contracts/scheduler-contract.ts";

schedulerContract("dpmpp-2m-sde");

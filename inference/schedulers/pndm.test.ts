import { schedulerContract } from "#tests/contracts/scheduler-contract.ts";

// Answers of v are averaged as they are, as the reference does: exact for epsilon alone.
schedulerContract("pndm", { predictions: ["epsilon"], visits: (steps) => (steps > 1 ? steps + 1 : 1) });

/** Loaded into every program of Aria's under the soak: on SIGUSR2 it collects, so that its heap is then what it keeps. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");
process.on("SIGUSR2", () => collect());

import { createRequire } from "node:module";

/** Of onnxruntime: its graphs and the last bits of its sums belong to it. */
export const ortVersion: string = createRequire(import.meta.url)("onnxruntime-node/package.json").version;

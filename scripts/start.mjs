/**
 * `npm start`: from a fresh clone to a page where Aria can paint, with nothing but Node. Imports only what Node has;
 * everything else is imported by the parts it starts, once installed.
 */
import path from "node:path";
import { fileURLToPath } from "node:url";
import { checkNode } from "./launcher/preflight.mjs";

checkNode();
const { launch } = await import("./launcher/launch.mjs");
await launch(path.dirname(path.dirname(fileURLToPath(import.meta.url))));

/**
 * Loaded into every process that the unit tests start (scripts/test.mjs): says which lines of ours ran there, for
 * scripts/coverage.mjs to add to what vitest saw in its own. Said over and again, for some of them are killed.
 */
import fs from "node:fs";
import { Session } from "node:inspector";
import { findSourceMap } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { eachMapping, TraceMap } from "@jridgewell/trace-mapping";

const SAY_EVERY_MS = 2_000;
const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const into = path.join(root, "coverage/children");
const isOurs = (file) => /^(contracts|inference|server|telemetry)\//.test(path.relative(root, file));
/** A program of Aria's, not what starts one or watches it. */
const isCounted = isOurs(process.argv[1] ?? "");

function watch() {
  const startedAt = Date.now();
  const session = new Session();
  session.connect();
  const post = (method, params) => {
    let answer;
    session.post(method, params, (error, result) => {
      if (error) throw Object.assign(new Error(error.message), error);
      answer = result;
    });
    return answer;
  };
  const ran = new Map();
  const scripts = new Map();
  post("Debugger.enable");
  post("Profiler.enable");
  post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });

  const scriptOf = (scriptId, url, file) => {
    if (!scripts.has(scriptId)) {
      const { scriptSource } = post("Debugger.getScriptSource", { scriptId });
      scripts.set(scriptId, readScript(scriptSource, findSourceMap(url) ?? findSourceMap(file)));
    }
    return scripts.get(scriptId);
  };
  const say = () => {
    let isNews = false;
    for (const { scriptId, url, functions } of post("Profiler.takePreciseCoverage").result) {
      const file = url.startsWith("file:") ? fileURLToPath(url.split("?")[0]) : url;
      if (!isOurs(file)) continue;
      const lines = ran.get(file) ?? new Set();
      const before = lines.size;
      for (const line of linesRun(scriptOf(scriptId, url, file), functions)) lines.add(line);
      ran.set(file, lines);
      isNews ||= lines.size > before;
    }
    if (!isNews) return;
    fs.mkdirSync(into, { recursive: true });
    const told = Object.fromEntries([...ran].map(([file, lines]) => [path.relative(root, file), [...lines]]));
    // Whole or not at all: it may be killed over it.
    const to = path.join(into, `${process.pid}-${startedAt}.json`);
    fs.writeFileSync(`${to}.new`, JSON.stringify(told));
    fs.renameSync(`${to}.new`, to);
  };
  setInterval(say, SAY_EVERY_MS).unref();
  process.once("exit", say);
}

/** Where each line as it is written begins in what tsx made of it. */
function readScript(source, sourceMap) {
  const starts = [0];
  for (let at = source.indexOf("\n"); at >= 0; at = source.indexOf("\n", at + 1)) starts.push(at + 1);
  const places = [];
  if (sourceMap)
    eachMapping(new TraceMap(sourceMap.payload), ({ generatedLine, generatedColumn, originalLine: line }) => {
      if (line !== null) places.push({ at: starts[generatedLine - 1] + generatedColumn, line });
    });
  return { length: source.length, places };
}

/** Lines that ran since it was last asked: V8 counts by ranges, the inner over the outer. */
function linesRun({ length, places }, functions) {
  const counts = new Uint8Array(length);
  // Functions come before those within them, ranges before those within them.
  for (const { ranges } of functions)
    for (const { startOffset, endOffset, count } of ranges) counts.fill(count > 0 ? 1 : 0, startOffset, endOffset);
  return places.filter(({ at }) => counts[at] === 1).map(({ line }) => line);
}

if (isCounted) watch();

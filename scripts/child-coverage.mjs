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
  const sources = new Map();
  post("Debugger.enable");
  post("Profiler.enable");
  post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });

  const sourceOf = (scriptId) => {
    if (!sources.has(scriptId)) sources.set(scriptId, post("Debugger.getScriptSource", { scriptId }).scriptSource);
    return sources.get(scriptId);
  };
  const say = () => {
    let isNews = false;
    for (const { scriptId, url, functions } of post("Profiler.takePreciseCoverage").result) {
      const file = url.startsWith("file:") ? fileURLToPath(url.split("?")[0]) : url;
      if (!isOurs(file)) continue;
      const lines = ran.get(file) ?? new Set();
      const before = lines.size;
      for (const line of linesRun(sourceOf(scriptId), findSourceMap(url) ?? findSourceMap(file), functions))
        lines.add(line);
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

/** Lines as they are written, of what ran since it was last asked; V8 counts by ranges of what tsx made of them, the inner over the outer. */
function linesRun(source, sourceMap, functions) {
  const starts = [0];
  for (let at = source.indexOf("\n"); at >= 0; at = source.indexOf("\n", at + 1)) starts.push(at + 1);
  const counts = new Uint8Array(source.length);
  // Functions come before those within them, ranges before those within them.
  for (const { ranges } of functions)
    for (const { startOffset, endOffset, count } of ranges) counts.fill(count > 0 ? 1 : 0, startOffset, endOffset);
  const lines = new Set();
  if (!sourceMap) return lines;
  eachMapping(new TraceMap(sourceMap.payload), ({ generatedLine, generatedColumn, originalLine }) => {
    if (originalLine !== null && counts[starts[generatedLine - 1] + generatedColumn] === 1) lines.add(originalLine);
  });
  return lines;
}

if (isCounted) watch();

/**
 * An ONNX file is a protobuf whose weights may lie in other files, named in it: that is how one could make an engine
 * read whatever is on the disk. Read here by seeking, with a few kB of memory, before onnxruntime sees it (onnx.proto3).
 */
import { existsSync, lstatSync } from "node:fs";
import path from "node:path";
import { FileCursor } from "./file-cursor.ts";
import { refusal } from "./refusal.ts";

/** By message: the fields that lead to tensors, and the message behind each. */
const LEADS: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  model: { 7: "graph", 25: "function" },
  function: { 7: "node" },
  graph: { 1: "node", 5: "tensor", 15: "sparse" },
  sparse: { 1: "tensor", 2: "tensor" },
  node: { 5: "attribute" },
  attribute: { 5: "tensor", 6: "graph", 10: "tensor", 11: "graph", 22: "sparse", 23: "sparse" },
  tensor: { 13: "external" },
};
const MOST_DEPTH = 32;
const LONGEST_VALUE = 4_096;

interface External {
  location: string;
  offset: number;
  length: number | null;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Throws INVALID, named after `name`, where it is no ONNX file, or one that reads outside its own folder. Gives the
 * names of the files its weights lie in.
 */
export function checkOnnx(file: string, name = path.basename(file)): string[] {
  if (!lstatSync(file).isFile()) throw refusal(name, "must be a plain file");
  let found: External[];
  try {
    using cursor = new FileCursor(file);
    found = cursor.size === 0 ? [] : [...externals(cursor, "model", { from: 0, to: cursor.size }, 0)];
    if (cursor.size === 0) throw new RangeError("it is empty");
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw refusal(name, `is no ONNX file, or is cut short: ${error.message}`);
  }
  for (const external of found) checkExternal(file, name, external);
  return [...new Set(found.map(({ location }) => location))];
}

function checkExternal(file: string, name: string, { location, offset, length }: External): void {
  const folder = path.dirname(file);
  // Separators of either kind, drives, parents and hidden ends: a plain name of a neighbour is all there may be.
  const isPlain = location !== "" && location !== "." && location !== ".." && !/[/\\:\0]/.test(location);
  if (!isPlain) throw refusal(name, `keeps weights in "${location}", which is outside its folder`);
  const at = path.join(folder, location);
  if (!existsSync(at)) throw refusal(name, `keeps weights in "${location}", which is missing`);
  const stats = lstatSync(at);
  if (!stats.isFile()) throw refusal(name, `keeps weights in "${location}", which is no plain file`);
  if (offset < 0 || offset + (length ?? 0) > stats.size)
    throw refusal(name, `wants ${length ?? 0} bytes at ${offset} of "${location}", which has ${stats.size}`);
}

function* externals(cursor: FileCursor, message: string, span: Span, depth: number): Generator<External> {
  if (depth > MOST_DEPTH) throw new RangeError("it is nested too deeply");
  const leads = LEADS[message] ?? {};
  const external: External = { location: "", offset: 0, length: null };
  let isExternal = false;
  for (const { field, from, to } of fieldsOf(cursor, span)) {
    const lead = leads[field];
    if (lead === "external") {
      isExternal = true;
      readEntry(cursor, { from, to }, external);
    } else if (lead) yield* externals(cursor, lead, { from, to }, depth + 1);
  }
  if (isExternal) yield external;
}

/** A key and its value, both text. */
function readEntry(cursor: FileCursor, span: Span, external: External): void {
  const texts = new Map<number, string>();
  for (const { field, from, to } of fieldsOf(cursor, span)) {
    if (to - from > LONGEST_VALUE) throw new RangeError("the name of a file of weights is too long");
    texts.set(field, cursor.read(from, to - from).toString("utf8"));
  }
  const [key, value = ""] = [texts.get(1), texts.get(2)];
  if (key === "location") external.location = value;
  if (key === "offset") external.offset = wholeOf(value);
  if (key === "length") external.length = wholeOf(value);
}

function wholeOf(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new RangeError(`"${text.slice(0, 20)}" is no offset`);
  return Number(text);
}

/** Length-delimited fields; numbers are passed over. */
function* fieldsOf(cursor: FileCursor, { from, to }: Span): Generator<{ field: number } & Span> {
  for (let at = from; at < to; ) {
    const [tag, afterTag] = varint(cursor, at, to);
    // protobuf's own reader drops what is above 32 bits, and would see another field.
    if (tag >= 2 ** 32) throw new RangeError("a field's number is too large");
    const field = Math.floor(tag / 8);
    if (field === 0) throw new RangeError("it has a field without a number");
    switch (tag % 8) {
      case 0:
        [, at] = varint(cursor, afterTag, to);
        break;
      case 1:
        at = afterTag + 8;
        break;
      case 2: {
        const [length, begin] = varint(cursor, afterTag, to);
        if (begin + length > to) throw new RangeError(`a field of ${length} bytes in ${to - begin}`);
        yield { field, from: begin, to: begin + length };
        at = begin + length;
        break;
      }
      case 5:
        at = afterTag + 4;
        break;
      default:
        throw new RangeError("it is no protobuf");
    }
    if (at > to) throw new RangeError("it ends within a field");
  }
}

function varint(cursor: FileCursor, at: number, to: number): [value: number, next: number] {
  let value = 0;
  for (let i = 0; i < 10; i++) {
    if (at + i >= to) throw new RangeError("it ends within a number");
    const byte = cursor.read(at + i, 1)[0]!;
    value += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) return [value, at + i + 1];
  }
  throw new RangeError("a number has no end");
}

/** Malformed inputs at every door: only 4xx, in time, and nobody gets out. */
import { readFileSync } from "node:fs";
import { seeded } from "#tests/seeded.ts";
import { smallOrder } from "#tests/small-order.ts";
import { type Answered, type Doors, SECRET } from "./doors.ts";
import {
  below,
  type Picture,
  pick,
  type Rng,
  randomBytes,
  spoilBytes,
  spoilJson,
  spoilPicture,
  traversals,
} from "./spoil.ts";

const MOST_MS = 5_000;

const IMAGES = { prompt: "a lake", n: 2, size: "256x256", response_format: "url", enhance: true, partial_images: 2 };
const TXT2IMG = { prompt: "a lake", seed: 5, steps: 4, width: 256, cfg_scale: 3, sampler_name: "Euler", batch_size: 1 };
const EXPORTS = { artworkIds: ["00000000-0000-4000-8000-000000000000"], frame: "whole", type: "png", dpi: 300 };
const WHISPER = { orderId: EXPORTS.artworkIds[0], thought: { index: 0, kind: "observe", text: "x", at: "2026-01-01" } };
const HEADER = { "a.weight": { dtype: "F32", shape: [2, 2], data_offsets: [0, 16] }, __metadata__: { format: "pt" } };
const ONNX = readFileSync("tests/golden/pipelines/sd15/vae_decoder/model.onnx");
const TICKET = `${EXPORTS.artworkIds[0]}.9999999999999.AAAA`;
const FRAMES = [
  ...["42", "42[]", '42["order:watch"]', '42["order:watch",null]', '420["order:watch",{}]', '421["order:watch",[1]]'],
  ...[
    '42["connection"]',
    '42["disconnect"]',
    '42["__proto__",1]',
    "44",
    "41",
    "40/admin,",
    "4",
    "9",
    "",
    "\0",
    "6",
    "3probe",
  ],
  ...['451-["order:watch",{"_placeholder":true,"num":0}]', '459999-["x"]', '45-1["x"]', '43999["ok"]', "2probe", "5"],
  `420["order:watch","${TICKET}"]`,
  `42["order:watch","${"x".repeat(100_000)}"]`,
  `42${"[".repeat(50_000)}`,
];

function safetensors(rng: Rng): Buffer {
  const header = Buffer.from(rng() < 0.5 ? spoilJson(rng, HEADER) : JSON.stringify(HEADER));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(rng() < 0.3 ? BigInt(Math.floor(rng() * 2 ** 53)) : BigInt(header.length));
  const file = Buffer.concat([length, header, Buffer.alloc(below(rng, 32))]);
  return rng() < 0.5 ? file : spoilBytes(rng, file);
}

/** By kind, one malformed input; what is still in order after all may be taken. */
export const KINDS: Readonly<Record<string, (doors: Doors, rng: Rng, whole: readonly Picture[]) => Promise<Answered>>> =
  {
    "images API": ({ web }, rng) => web.images(spoilJson(rng, IMAGES)),
    txt2img: ({ web }, rng) => web.txt2img(spoilJson(rng, TXT2IMG)),
    exports: ({ web }, rng) => web.exports(spoilJson(rng, EXPORTS)),
    sketch: ({ web }, rng, whole) => {
      const { bytes, type } = spoilPicture(rng, whole);
      return web.sketch(bytes, type);
    },
    "shared picture": ({ web }, rng, whole) => {
      const { bytes, type } = spoilPicture(rng, whole);
      return rng() < 0.5 ? web.share(bytes, type) : web.sharedForm(bytes);
    },
    "order to paint": ({ inference }, rng) => inference.ask("POST", "/paint", spoilJson(rng, smallOrder({}))),
    thought: ({ inference }, rng) => inference.ask("POST", "/thoughts", spoilJson(rng, WHISPER)),
    meaning: ({ inference }, rng) =>
      inference.ask("POST", "/meanings", spoilJson(rng, { modelId: "aria", words: "a lake" })),
    install: ({ inference }, rng) =>
      inference.ask("POST", "/models/plan", spoilJson(rng, { from: "../../etc/passwd", id: "x", precision: "fp16" })),
    address: ({ inference }, rng) => inference.ask(pick(rng, ["GET", "DELETE", "POST"]), rawPath(rng), "{}"),
    safetensors: ({ safetensors: check }, rng) => check(safetensors(rng)),
    onnx: ({ onnx }, rng) => onnx(rng() < 0.2 ? randomBytes(rng, below(rng, 4_096)) : spoilBytes(rng, ONNX)),
    "socket frames": ({ inference }, rng) =>
      inference.frames(["40", ...Array.from({ length: 1 + below(rng, 5) }, () => frame(rng))]),
  };

function frame(rng: Rng): string | Uint8Array<ArrayBuffer> {
  if (rng() < 0.2) return new Uint8Array(randomBytes(rng, below(rng, 2_048)));
  const chosen = pick(rng, FRAMES);
  const at = below(rng, chosen.length + 1);
  return rng() < 0.7 ? chosen : chosen.slice(0, at) + String.fromCharCode(32 + below(rng, 90)) + chosen.slice(at);
}

/** Printable, as HTTP's own reader wants it. */
const rawPath = (rng: Rng): string =>
  `/${pick(rng, ["", "models/", "lexicon/", "paint/", "/", "//", "models/tasks/"])}${Array.from(
    { length: below(rng, 60) },
    () => String.fromCharCode(33 + below(rng, 94)),
  ).join("")}`;

export interface Outcome {
  readonly tried: number;
  /** Still in order after all. */
  readonly taken: number;
  readonly slowestMs: number;
  /** What must not be: another status, an exception, a hang, a way out. */
  readonly faults: readonly string[];
}

/** Statuses a door may answer with; the socket's is that of whether inference still lives, and a share goes back to the studio. */
const isFair = (status: number): boolean => status === 200 || status === 303 || (status >= 400 && status < 500);

/** So many inputs of one kind. */
export async function send(
  kind: string,
  count: number,
  doors: Doors,
  whole: readonly Picture[],
  seed = 1,
): Promise<Outcome> {
  const rng = seeded(seed + kind.length * 1_000 + kind.charCodeAt(0));
  const faults: string[] = [];
  let [taken, slowestMs] = [0, 0];
  for (let i = 0; i < count; i++) {
    const startedAt = performance.now();
    const answered = await KINDS[kind]!(doors, rng, whole).catch((error: unknown) => String(error));
    const ms = performance.now() - startedAt;
    slowestMs = Math.max(slowestMs, ms);
    const what = faultOf(answered, ms);
    if (what) faults.push(`${kind} ${i}: ${what}`);
    else if (typeof answered !== "string" && answered.status < 400) taken++;
  }
  return { tried: count, taken, slowestMs, faults };
}

function faultOf(answered: Answered | string, ms: number): string | null {
  if (typeof answered === "string") return answered;
  if (!isFair(answered.status)) return `answered ${answered.status}: ${answered.text.slice(0, 200)}`;
  if (answered.text.includes(SECRET) || /root:.*:0:0:/.test(answered.text)) return "it got out";
  return ms > MOST_MS ? `took ${Math.round(ms)} ms` : null;
}

/** Every way to say a file elsewhere, as it is and decoded, at every door to a file. */
export async function climb({ web, inference }: Doors): Promise<Outcome> {
  const faults: string[] = [];
  let [tried, taken, slowestMs] = [0, 0, 0];
  for (const raw of traversals()) {
    const startedAt = performance.now();
    const sent = raw.replace(/[^\x21-\x7e]/g, encodeURIComponent);
    const calls = [
      ...[raw, decoded(raw)].flatMap((name) => web.files(name)),
      inference.ask("GET", `/lexicon/${sent}`),
      inference.ask("DELETE", `/models/${sent}`),
      inference.ask("POST", `/models/${sent}/load`, "{}"),
      inference.ask("GET", `/${sent}`),
    ];
    for (const call of calls) {
      tried++;
      const answered = await call.catch((error: unknown) => String(error));
      const what = faultOf(answered, performance.now() - startedAt);
      if (what) faults.push(`${JSON.stringify(raw)}: ${what}`);
      else if (typeof answered !== "string" && answered.status < 400) taken++;
    }
    slowestMs = Math.max(slowestMs, performance.now() - startedAt);
  }
  return { tried, taken, slowestMs, faults };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(decodeURIComponent(text));
  } catch {
    return text;
  }
}

/** Where models come from: a folder, a zip, or a repository of the Hugging Face Hub. Each lists, then brings. */
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, existsSync, lstatSync } from "node:fs";
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline as pump } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { listFiles, modelInfo } from "@huggingface/hub";
import { type Entry, openPromise } from "yauzl";
import { AriaError, isAriaError } from "#contracts/errors.ts";
import { guardedFetch } from "./guarded-fetch.ts";
import { refusal } from "./refusal.ts";
import type { Listed } from "./wanted-files.ts";

export interface Source {
  /** As a person would say where it came from. */
  readonly title: string;
  /** The exact version, where the source has versions. */
  readonly revision: string | null;
  readonly licence: string | null;
  readonly files: readonly Listed[];
  /** Writes one file whole under `to`, telling of bytes as they come; resumes what was begun, where it can. */
  bring(file: Listed, to: string, onBytes: (count: number) => void): Promise<void>;
  /** The first bytes of a file; fewer where it has no more. */
  head(file: Listed, bytes: number): Promise<Buffer>;
  close(): Promise<void>;
}

export interface SourceOptions {
  readonly revision?: string | undefined;
  readonly token?: string | undefined;
  readonly hubUrl: string;
}

/** Answers that another time may be others. */
const PASSING = new Set([408, 416, 425, 429, 500, 502, 503, 504]);
const HUB_ID = /^[A-Za-z0-9][\w.-]*\/[\w.-]+$/;

/** A path that exists is a folder or a zip; anything else must look like owner/name. */
export function openSource(from: string, options: SourceOptions): Promise<Source> {
  if (existsSync(from)) return lstatSync(from).isDirectory() ? openFolder(from) : openZip(from);
  if (!HUB_ID.test(from)) throw refusal("source", "must be a folder, a zip, or a Hub id like owner/name");
  return openHub(from, options);
}

export async function openFolder(dir: string): Promise<Source> {
  // A whole disk is no model, and is not walked to find that out.
  if (!existsSync(path.join(dir, "model_index.json")))
    throw refusal("source", "must be a model in the diffusers layout: it has no model_index.json");
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files: Listed[] = [];
  for (const entry of entries) {
    const at = path.join(entry.parentPath, entry.name);
    const relative = path.relative(dir, at).split(path.sep).join("/");
    if (entry.isSymbolicLink()) throw refusal(relative, "must be a file of its own, not a link to another");
    if (entry.isFile()) files.push({ path: relative, bytes: (await stat(at)).size, sha256: null });
  }
  return {
    title: path.resolve(dir),
    revision: null,
    licence: null,
    files,
    bring: (file, to, onBytes) => write(createReadStream(path.join(dir, file.path)), to, file, onBytes),
    head: (file, bytes) => firstOf(createReadStream(path.join(dir, file.path)), bytes),
    close: async () => {},
  };
}

/** Weights do not shrink to a hundredth; what does is made to fill a disk. */
const DENSEST = 100;
const MOST_ENTRIES = 10_000;
const LINK = 0o120000;

export async function openZip(file: string): Promise<Source> {
  const zip = await openPromise(file, { autoClose: false }).catch((error: Error) => {
    throw refusal("source", `must be a zip: ${error.message}`);
  });
  const entries = new Map<string, Entry>();
  try {
    for await (const entry of zip.eachEntry()) {
      if (entries.size >= MOST_ENTRIES) throw refusal("source", `must have at most ${MOST_ENTRIES} files`);
      const { fileName, uncompressedSize, compressedSize, externalFileAttributes } = entry;
      if (fileName.endsWith("/")) continue;
      if (((externalFileAttributes >>> 16) & 0o170000) === LINK)
        throw refusal(fileName, "must be a file of its own, not a link to another");
      if (entry.isEncrypted()) throw refusal(fileName, "must not be encrypted");
      if (uncompressedSize > 1_000_000 && uncompressedSize > compressedSize * DENSEST)
        throw refusal(fileName, `unpacks to ${uncompressedSize} bytes from ${compressedSize}, which no weights do`);
      entries.set(fileName, entry);
    }
  } catch (error) {
    zip.close();
    // yauzl refuses names that leave the folder in its own words.
    if (error instanceof Error && error.constructor === Error)
      throw refusal("source", `must be a sound zip: ${error.message}`);
    throw error;
  }
  const root = sharedRoot([...entries.keys()]);
  const files = [...entries]
    .filter(([name]) => name.startsWith(root))
    .map(([name, entry]) => ({ path: name.slice(root.length), bytes: entry.uncompressedSize, sha256: null }));
  return {
    title: path.resolve(file),
    revision: null,
    licence: null,
    files,
    async bring(wanted, to, onBytes) {
      const entry = entries.get(root + wanted.path)!;
      await write(await zip.openReadStreamPromise(entry), to, wanted, onBytes);
    },
    head: async (file, bytes) => firstOf(await zip.openReadStreamPromise(entries.get(root + file.path)!), bytes),
    close: async () => zip.close(),
  };
}

/** Archives often hold one folder with everything in it. */
function sharedRoot(names: readonly string[]): string {
  const index = names.find((name) => name === "model_index.json" || /^[^/]+\/model_index\.json$/.test(name)) ?? "";
  return index.slice(0, -"model_index.json".length);
}

async function openHub(id: string, { revision, token, hubUrl }: SourceOptions): Promise<Source> {
  const fetch = guardedFetch(hubUrl);
  const credentials = token ? { accessToken: token } : {};
  const asked = { fetch, hubUrl, ...credentials };
  const info = await modelInfo({
    name: id,
    ...asked,
    ...(revision ? { revision } : {}),
    additionalFields: ["sha", "cardData", "tags"],
  }).catch(tellHubError(id));
  const get = async (file: Listed, headers: Record<string, string>): Promise<Response> => {
    const url = `${hubUrl}/${id}/resolve/${info.sha}/${file.path.split("/").map(encodeURIComponent).join("/")}`;
    const response = await fetch(url, { headers: token ? { ...headers, authorization: `Bearer ${token}` } : headers });
    if (PASSING.has(response.status))
      throw new AriaError("UNAVAILABLE", { dependency: "hub", reason: `It answered ${response.status}.` });
    if (!response.ok) throw refusal(file.path, `must be there: the Hub answered ${response.status}`);
    return response;
  };
  const files: Listed[] = [];
  for await (const file of listFiles({ repo: id, recursive: true, revision: info.sha, ...asked }))
    if (file.type === "file") files.push({ path: file.path, bytes: file.size, sha256: file.lfs?.oid ?? null });
  return {
    title: `${hubUrl}/${id}`,
    revision: info.sha,
    licence: licenceOf(info),
    files,
    async bring(file, to, onBytes) {
      const partial = `${to}.partial`;
      let have = existsSync(partial) ? (await stat(partial)).size : 0;
      // All there, but for its last step.
      if (have >= file.bytes) {
        await rm(partial);
        have = 0;
      }
      const response = await get(file, have > 0 ? { range: `bytes=${have}-` } : {});
      const goesOn = response.status === 206;
      if (goesOn) onBytes(have);
      await write(bodyOf(response), to, file, onBytes, goesOn ? have : 0);
    },
    head: async (file, bytes) => firstOf(bodyOf(await get(file, { range: `bytes=0-${bytes - 1}` })), bytes),
    close: async () => {},
  };
}

function licenceOf({ cardData, tags }: { cardData?: { license?: unknown }; tags?: readonly string[] }): string | null {
  if (typeof cardData?.license === "string") return cardData.license;
  return tags?.find((tag) => tag.startsWith("license:"))?.slice("license:".length) ?? null;
}

const tellHubError =
  (id: string) =>
  (error: { statusCode?: number; message?: string }): never => {
    if (error.statusCode === 401 || error.statusCode === 403)
      throw refusal("source", `must be open to you: ${id} wants a token that may read it (HF_TOKEN)`);
    if (error.statusCode === 404) throw refusal("source", `must be there: the Hub has no ${id}`);
    // No name, no route, no answer; what it refuses has a status, and what we refuse a code.
    if (error.statusCode === undefined && !isAriaError(error))
      throw new AriaError("UNAVAILABLE", { dependency: "hub" }, { cause: error });
    throw error;
  };

const bodyOf = ({ body }: Response): Readable => (body ? Readable.fromWeb(body as ReadableStream) : Readable.from([]));

async function firstOf(from: Readable, bytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let count = 0;
  // Leaving the loop ends the stream.
  for await (const chunk of from) {
    chunks.push(chunk);
    count += chunk.length;
    if (count >= bytes) break;
  }
  return Buffer.concat(chunks).subarray(0, bytes);
}

/** Under a partial name until it is whole; never more bytes than were told beforehand. */
async function write(
  from: NodeJS.ReadableStream,
  to: string,
  file: Listed,
  onBytes: (count: number) => void,
  have = 0,
): Promise<void> {
  await mkdir(path.dirname(to), { recursive: true });
  let count = have;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      count += chunk.length;
      onBytes(chunk.length);
      done(
        count > file.bytes ? refusal(file.path, `must be ${file.bytes} bytes, as was told; more are coming`) : null,
        chunk,
      );
    },
  });
  await pump(from, counted, createWriteStream(`${to}.partial`, { flags: have > 0 ? "a" : "w" }));
  if (count < file.bytes)
    throw new AriaError("UNAVAILABLE", {
      dependency: "hub",
      reason: `${file.path} ended at ${count} of ${file.bytes} bytes.`,
    });
  await rename(`${to}.partial`, to);
}

export async function sha256Of(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest("hex");
}

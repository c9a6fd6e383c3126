import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { makeTinyModel } from "#tests/tiny-models/make-tiny-model.ts";
import { onnxFile } from "#tests/tiny-models/onnx-file.ts";
import { zipFile } from "#tests/zip-file.ts";
import { checkOnnx } from "./check-onnx.ts";
import { checkSafetensors } from "./check-safetensors.ts";
import { type InstallOptions, install, planInstall, removeModel, verifyModel } from "./install.ts";

const dir = mkdtempSync(path.join(tmpdir(), "aria-install-"));
const modelsDir = path.join(dir, "models");
const tiny = makeTinyModel(path.join(dir, "tiny"));
afterAll(() => rmSync(dir, { recursive: true }));
afterEach(() => rmSync(modelsDir, { recursive: true, force: true }));

const options = (part: Partial<InstallOptions> = {}): InstallOptions => ({
  modelsDir,
  precision: "",
  hubUrl: "https://huggingface.co",
  trial: { env: process.env, threads: 1 },
  ...part,
});
const filesOf = (from: string) =>
  readdirSync(from, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(from, path.join(entry.parentPath, entry.name)));
const entriesOf = (from: string, under = "") =>
  filesOf(from).map((name) => ({ name: under + name, data: readFileSync(path.join(from, name)) }));

/** Refused, with the reason, and not a file of it left. */
async function expectRefused(from: string, reason: RegExp, part: Partial<InstallOptions> = {}): Promise<void> {
  await expect(install(from, options(part), () => {})).rejects.toThrow(reason);
  expect(existsSync(modelsDir) ? filesOf(modelsDir) : []).toEqual([]);
}

/** The tiny model with something done to it. */
function spoiled(name: string, spoil: (at: (file: string) => string) => void): string {
  const copy = makeTinyModel(path.join(dir, name));
  spoil((file) => path.join(copy, file));
  return copy;
}

describe("a folder", () => {
  it("is planned first, then installed: tried, hashed, verified, removed", async () => {
    const plan = await planInstall(tiny, options());
    expect(plan).toMatchObject({
      id: "tiny",
      revision: null,
      bytes: plan.files.reduce((sum, { bytes }) => sum + bytes, 0),
    });
    expect(existsSync(path.join(modelsDir, "tiny"))).toBe(false);
    const done: number[] = [];
    const record = await install(tiny, options(), (progress) => progress.kind === "bytes" && done.push(progress.done));
    expect(done.at(-1)).toBe(plan.bytes);
    expect(record.measured.residentBytes).toBeGreaterThan(0);
    expect(await verifyModel(modelsDir, "tiny")).toEqual([]);
    writeFileSync(path.join(modelsDir, "tiny/unet/config.json"), "{}");
    rmSync(path.join(modelsDir, "tiny/vae_encoder/model.onnx"));
    expect(await verifyModel(modelsDir, "tiny")).toEqual(
      [
        { file: "vae_encoder/model.onnx", problem: "missing" },
        { file: "unet/config.json", problem: "changed" },
      ].sort((a, b) => Object.keys(record.files).indexOf(a.file) - Object.keys(record.files).indexOf(b.file)),
    );
    await expect(install(tiny, options(), () => {})).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(removeModel(modelsDir, "tiny", "tiny")).rejects.toMatchObject({ code: "CONFLICT" });
    await removeModel(modelsDir, "tiny", "aria");
    expect(readdirSync(modelsDir)).toEqual([]);
    await expect(verifyModel(modelsDir, "tiny")).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("is refused for what it is not, or lacks", async () => {
    const bare = path.join(dir, "bare");
    mkdirSync(bare);
    await expectRefused(bare, /no model_index\.json/);
    await expectRefused(path.join(dir, "nowhere"), /folder, a zip, or a Hub id/);
    await expectRefused(
      spoiled("flux", (at) => mkdirSync(at("transformer")) ?? writeFileSync(at("transformer/config.json"), "{}")),
      /transformer/,
    );
    await expectRefused(
      spoiled("torch", (at) => rmSync(at("unet/model.onnx"))),
      /unet\/model\.onnx is missing/,
    );
    await expectRefused(tiny, /in fp16/, { precision: "fp16" });
    await expectRefused(tiny, /"id".*must be 1 to 64 characters/, { id: "../up" });
  });

  it("is refused where it does not open, by the child that tried it", async () => {
    await expectRefused(
      spoiled("cut", (at) => truncateSync(at("unet/model.onnx"), 100)),
      /unet\/model\.onnx.*(cut short|no ONNX)/,
    );
    await expectRefused(
      spoiled("nan", (at) =>
        writeFileSync(at("unet/model.onnx"), onnxFile({ nodes: [], inputs: [], outputs: [], constants: [] })),
      ),
      /does not open/,
    );
  });

  it("is refused for a link", async () => {
    const linked = spoiled("linked", (at) => {
      rmSync(at("unet/config.json"));
      symlinkSync("/etc/passwd", at("unet/config.json"));
    });
    await expectRefused(linked, /unet\/config\.json.*not a link/);
  });
});

const tensor = (location: string, more: Readonly<Record<string, string>> = {}) => {
  const text = (field: number, value: string) =>
    Buffer.concat([Buffer.from([field * 8 + 2, value.length]), Buffer.from(value)]);
  const message = (field: number, ...parts: Buffer[]) => {
    const body = Buffer.concat(parts);
    return Buffer.concat([Buffer.from([field * 8 + 2, (body.length & 0x7f) | 0x80, body.length >> 7]), body]);
  };
  const entries = Object.entries({ location, ...more }).map(([key, value]) =>
    message(13, text(1, key), text(2, value)),
  );
  return message(7, message(5, ...entries));
};

describe("an ONNX file", () => {
  const folder = path.join(dir, "onnx");
  const written = (name: string, content: Uint8Array) => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, name), content);
    return path.join(folder, name);
  };

  it("may keep its weights in a neighbour", () => {
    written("model.onnx_data", Buffer.alloc(64));
    expect(checkOnnx(written("good.onnx", tensor("model.onnx_data", { offset: "32", length: "32" })))).toEqual([
      "model.onnx_data",
    ]);
    expect(checkOnnx(path.join(tiny, "unet/model.onnx"))).toEqual([]);
  });

  it.each([
    ["a parent's file", "../x"],
    ["an absolute path", "/etc/passwd"],
    ["a path with a drive", "C:\\secrets"],
    ["a folder within", "deep/weights"],
    ["its own folder", "."],
    ["nothing", ""],
  ])("is refused for weights in %s", (_what, location) => {
    expect(() => checkOnnx(written("bad.onnx", tensor(location)))).toThrow(/outside its folder/);
  });

  it("is refused for weights that are missing, linked, or shorter than it says", () => {
    expect(() => checkOnnx(written("bad.onnx", tensor("gone")))).toThrow(/gone.*which is missing/);
    symlinkSync("/etc/passwd", path.join(folder, "link"));
    expect(() => checkOnnx(written("bad.onnx", tensor("link")))).toThrow(/no plain file/);
    written("short", Buffer.alloc(8));
    expect(() => checkOnnx(written("bad.onnx", tensor("short", { offset: "4", length: "8" })))).toThrow(/8 bytes at 4/);
    expect(() => checkOnnx(written("bad.onnx", tensor("short", { offset: "-4" })))).toThrow(/no offset/);
  });

  it("is refused when it is something else, and named", () => {
    const pickle = Buffer.from("\x80\x04\x95system\x94\x8c", "latin1");
    const wideTag = Buffer.from("ba8080801002ff00", "hex");
    for (const content of [
      pickle,
      wideTag,
      Buffer.alloc(0),
      Buffer.from("3affffffff0f", "hex"),
      Buffer.alloc(64, 0xff),
    ])
      expect(() => checkOnnx(written("bad.onnx", content), "unet/model.onnx")).toThrow(
        /unet\/model\.onnx.*(no ONNX|cut short)/,
      );
  });
});

describe("a safetensors file", () => {
  const check = (content: Buffer) =>
    checkSafetensors("a.safetensors", content.length, async (n) => content.subarray(0, n));
  const withHeader = (header: string, claimed = header.length) => {
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(claimed));
    return Buffer.concat([length, Buffer.from(header), Buffer.alloc(16)]);
  };
  const one = (from: number, to: number) =>
    JSON.stringify({ a: { dtype: "F32", shape: [4], data_offsets: [from, to] } });
  const pickle = Buffer.concat([Buffer.from([0x80, 4]), Buffer.from("cposix\nsystem\n(S'true'\ntR.")]);

  it("is let through when it is one", async () => {
    await expect(check(withHeader(one(0, 16)))).resolves.toBeUndefined();
    await expect(check(withHeader(`{"__metadata__":{"format":"pt"}}`))).resolves.toBeUndefined();
  });

  it("is refused when it is a pickle, lies about its header, or points outside itself", async () => {
    await expect(check(pickle)).rejects.toThrow(/no safetensors file/);
    await expect(check(Buffer.alloc(4))).rejects.toThrow(/no header/);
    await expect(check(withHeader("{}", 2 ** 50))).rejects.toThrow(/claims 1125899906842624 bytes/);
    await expect(check(withHeader("[]"))).rejects.toThrow(/not the format's JSON/);
    await expect(check(withHeader(one(0, 17)))).rejects.toThrow(/lies outside/);
    await expect(check(withHeader(one(9, 8)))).rejects.toThrow(/lies outside/);
  });

  it("that is a pickle keeps out the model it lies in, folder or zip, though it would never be read", async () => {
    const name = "unet/diffusion_pytorch_model.safetensors";
    await expectRefused(
      spoiled("pickled", (at) => writeFileSync(at(name), pickle)),
      /unet\/diffusion_pytorch_model.*no safetensors file/,
    );
    const zip = path.join(dir, "pickled.zip");
    writeFileSync(zip, zipFile([...entriesOf(tiny), { name, data: pickle }]));
    await expectRefused(zip, /unet\/diffusion_pytorch_model.*no safetensors file/);
  });
});

describe("a zip", () => {
  const written = (entries: Parameters<typeof zipFile>[0]) => {
    const file = path.join(dir, "model.zip");
    writeFileSync(file, zipFile(entries));
    return file;
  };

  it("is installed, with or without a folder of its own", async () => {
    for (const under of ["", "tiny-v1/"]) {
      const { id } = await install(written(entriesOf(tiny, under)), options(), () => {});
      expect(id).toBe("model");
      await removeModel(modelsDir, id, "aria");
    }
  });

  it("is planned though safetensors and what a Mac adds lie beside it", async () => {
    const header = Buffer.from([2, 0, 0, 0, 0, 0, 0, 0, 123, 125]);
    const zip = written([
      ...entriesOf(tiny, "tiny-v1/"),
      { name: "tiny-v1/unet/diffusion_pytorch_model.safetensors", data: header },
      { name: "__MACOSX/tiny-v1/._unet", data: Buffer.from("x") },
    ]);
    expect((await planInstall(zip, options())).files.map((file) => file.path)).toContain("unet/model.onnx");
  });

  it("is refused for names that lead out of it, links, bombs, and for being no zip", async () => {
    const with_ = (name: string, data: Uint8Array, mode?: number) =>
      written([...entriesOf(tiny), { name, data, ...(mode ? { mode } : {}) }]);
    await expectRefused(with_("../evil.txt", Buffer.from("x")), /invalid relative path|leads out/);
    await expectRefused(with_("/etc/evil", Buffer.from("x")), /absolute path|leads out/);
    await expectRefused(with_("unet/weights.pb", Buffer.from("/etc/passwd"), 0o120777), /not a link/);
    await expectRefused(with_("unet/weights.pb", Buffer.alloc(50_000_000)), /unpacks to 50000000 bytes/);
    const file = path.join(dir, "none.zip");
    writeFileSync(file, "PK, but no zip");
    await expectRefused(file, /must be a zip/);
  });
});

describe("a repository of the Hub", () => {
  let hub: Server;
  let hubUrl: string;
  const seen: { url: string; range: string | undefined; token: string | undefined }[] = [];
  let answer: (url: string) => { status: number; headers?: Record<string, string>; body?: Buffer } | null;
  const SHA = "0123456789012345678901234567890123456789";

  beforeAll(async () => {
    hub = createServer((request, response) => {
      const url = decodeURIComponent(request.url ?? "");
      const { range, authorization } = request.headers;
      seen.push({ url, range, token: authorization });
      const special = answer(url);
      if (special) return void response.writeHead(special.status, special.headers).end(special.body);
      const json = (body: unknown) =>
        void response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
      if (url.startsWith("/api/models/owner/tiny/tree/"))
        return json(
          entriesOf(tiny).map(({ name, data }) => ({
            type: "file",
            path: name,
            size: data.length,
            oid: "0",
            ...(name.endsWith(".onnx")
              ? { lfs: { oid: createHash("sha256").update(data).digest("hex"), size: data.length, pointerSize: 1 } }
              : {}),
          })),
        );
      if (url.startsWith("/api/models/owner/tiny"))
        return json({
          _id: "1",
          id: "owner/tiny",
          sha: SHA,
          private: false,
          gated: false,
          downloads: 0,
          likes: 0,
          lastModified: "2026-01-01T00:00:00Z",
          cardData: { license: "openrail" },
        });
      const file = new RegExp(`^/owner/tiny/resolve/${SHA}/(.+)$`).exec(url)?.[1];
      if (!file || !existsSync(path.join(tiny, file))) return void response.writeHead(404).end();
      const whole = readFileSync(path.join(tiny, file));
      const from = Number(/bytes=(\d+)-/.exec(range ?? "")?.[1] ?? 0);
      return void response.writeHead(from > 0 ? 206 : 200).end(whole.subarray(from));
    });
    await new Promise<void>((listening) => hub.listen(0, "127.0.0.1", listening));
    hubUrl = `http://127.0.0.1:${(hub.address() as AddressInfo).port}`;
  });
  afterAll(() => void hub.close());
  afterEach(() => {
    seen.length = 0;
    answer = () => null;
  });
  answer = () => null;

  it("is planned with its licence and pinned to a commit, and brought with the token", async () => {
    const plan = await planInstall("owner/tiny", options({ hubUrl, token: "hf_x" }));
    expect(plan).toMatchObject({ id: "tiny", licence: "openrail", revision: SHA });
    expect(plan.seconds).toBeGreaterThan(0);
    const record = await install("owner/tiny", options({ hubUrl, token: "hf_x" }), () => {});
    expect(record).toMatchObject({ revision: SHA, licence: "openrail", source: `${hubUrl}/owner/tiny` });
    expect(seen.filter(({ url }) => url.includes("/resolve/")).every(({ token }) => token === "Bearer hf_x")).toBe(
      true,
    );
    expect(await verifyModel(modelsDir, "tiny")).toEqual([]);
  });

  it("goes on where a download broke off", async () => {
    const large = "unet/model.onnx";
    const whole = readFileSync(path.join(tiny, large));
    const [partial, headers] = [whole.subarray(0, 300), { "content-length": String(whole.length) }];
    answer = (url) => (url.endsWith(large) ? { status: 200, headers, body: partial } : null);
    // The connection ends before the promised length, as when a cable is pulled.
    const partials = () => readdirSync(path.join(modelsDir, ".installing")).filter((name) => name.startsWith("tiny-"));
    const breaking = install("owner/tiny", options({ hubUrl }), () => {});
    setTimeout(() => hub.closeAllConnections(), 1_500);
    await expect(breaking).rejects.toThrow();
    expect(existsSync(path.join(modelsDir, ".installing", partials()[0] ?? "", `${large}.partial`))).toBe(true);
    answer = () => null;
    await install("owner/tiny", options({ hubUrl }), () => {});
    expect(seen.find(({ url, range }) => url.endsWith(large) && range)?.range).toBe("bytes=300-");
    expect(await verifyModel(modelsDir, "tiny")).toEqual([]);
  });

  it("keeps what was brought when the Hub is busy, begins anew for another revision, and lets nobody else in meanwhile", async () => {
    answer = (url) => (url.endsWith("vae_decoder/model.onnx") ? { status: 429 } : null);
    const attempt = () => install("owner/tiny", options({ hubUrl }), () => {});
    await expect(attempt()).rejects.toMatchObject({ code: "UNAVAILABLE", facts: { dependency: "hub" } });
    expect(filesOf(modelsDir).some((file) => file.endsWith("unet/model.onnx"))).toBe(true);
    answer = () => null;
    seen.length = 0;
    await attempt();
    expect(seen.filter(({ url }) => url.endsWith("unet/model.onnx"))).toEqual([]);
    await removeModel(modelsDir, "tiny", "aria");
    mkdirSync(path.join(modelsDir, ".installing"), { recursive: true });
    writeFileSync(path.join(modelsDir, ".installing/tiny.lock"), String(process.ppid));
    await expect(attempt()).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it("is refused for a hash that is not what the Hub told", async () => {
    const spoilt = Buffer.from(readFileSync(path.join(tiny, "unet/model.onnx")));
    spoilt[spoilt.length - 1]! ^= 1;
    answer = (url) => (url.endsWith("unet/model.onnx") ? { status: 200, body: spoilt } : null);
    await expectRefused("owner/tiny", /unet\/model\.onnx.*hash/, { hubUrl });
  });

  it.each([
    ["https://10.0.0.1/x", /private address/],
    ["https://[::1]/x", /private address/],
    ["https://[fec0::1]/x", /private address/],
    ["https://localhost/x", /private address/],
    ["https://169.254.169.254/latest", /private address/],
    ["http://127.0.0.1:1/x", /only https/],
    ["file:///etc/passwd", /only https/],
  ])("is refused when it redirects to %s", async (location, reason) => {
    answer = (url) => (url.includes("/resolve/") ? { status: 302, headers: { location } } : null);
    await expectRefused("owner/tiny", reason, { hubUrl });
  });

  it("is refused when it goes round in circles, is not there, or is closed to the token", async () => {
    answer = (url) => (url.includes("/resolve/") ? { status: 302, headers: { location: url } } : null);
    await expectRefused("owner/tiny", /within 5 redirects/, { hubUrl });
    answer = () => ({ status: 404 });
    await expectRefused("owner/tiny", /the Hub has no owner\/tiny/, { hubUrl });
    answer = () => ({ status: 401 });
    await expectRefused("owner/tiny", /HF_TOKEN/, { hubUrl });
  });
});

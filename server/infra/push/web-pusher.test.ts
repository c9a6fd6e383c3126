import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { Agent, createServer } from "node:https";
import type { AddressInfo } from "node:net";
import pino from "pino";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { DeviceInput } from "#contracts/notifications.ts";
import { OrderId } from "#contracts/order.ts";
import { createContainer } from "#server/container.ts";
import { prismaDevices } from "#server/infra/prisma/devices.ts";
import { prismaRepos } from "#server/infra/prisma/repos.ts";
import { makeNotifyExhibition } from "#server/services/notify.ts";
import { fakePorts } from "#tests/fakes.ts";
import { hang } from "#tests/hung-artworks.ts";
import { ownCertificate } from "#tests/own-certificate.ts";
import { emptyTables, letIn, openTestDatabase, ownerIn } from "#tests/test-database.ts";
import { isOutside, OutsideAgent } from "./outside-agent.ts";
import { webPusher } from "./web-pusher.ts";

const db = openTestDatabase();
const owner = await ownerIn(db);
const logged: string[] = [];
const log = pino({}, { write: (line) => void logged.push(line) });
const certificate = ownCertificate();
const ca = certificate.cert;
const subject = "mailto:somebody@aria.example";
/** Reaches the push service of this test, which is inside. */
const pusher = webPusher(db, { subject, log, agent: new Agent({ ca }) });
const devices = prismaDevices(db, owner);
const received: { request: IncomingMessage; body: Buffer }[] = [];
let status = 201;
let connections = 0;
const service = createServer(certificate, async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  received.push({ request, body: Buffer.concat(chunks) });
  response.writeHead(status, { location: "/elsewhere" }).end();
});
service.on("connection", () => connections++);
let origin = "";

beforeAll(async () => {
  await new Promise<void>((listening) => service.listen(0, "127.0.0.1", listening));
  origin = `https://localhost:${(service.address() as AddressInfo).port}`;
});
beforeEach(async () => {
  await emptyTables(db);
  received.length = 0;
  logged.length = 0;
  connections = 0;
  status = 201;
});
afterAll(async () => {
  service.close();
  await db.$disconnect();
});

function browser(path: string) {
  const ecdh = createECDH("prime256v1");
  ecdh.generateKeys();
  const auth = randomBytes(16);
  const device: DeviceInput = {
    endpoint: `${origin}/${path}`,
    keys: { p256dh: ecdh.getPublicKey("base64url"), auth: auth.toString("base64url") },
    topics: ["painted", "exhibition"],
    locale: "en",
  };
  return { ecdh, auth, device };
}

/** RFC 8291 and RFC 8188, as a browser does it: apart from the library that encrypted. */
function decrypt(body: Buffer, { ecdh, auth }: Pick<ReturnType<typeof browser>, "ecdh" | "auth">): unknown {
  const salt = body.subarray(0, 16);
  const sender = body.subarray(21, 21 + body[20]!);
  const info = Buffer.concat([Buffer.from("WebPush: info\0"), ecdh.getPublicKey(), sender]);
  const secret = Buffer.from(hkdfSync("sha256", ecdh.computeSecret(sender), auth, info, 32));
  const key = Buffer.from(hkdfSync("sha256", secret, salt, "Content-Encoding: aes128gcm\0", 16));
  const nonce = Buffer.from(hkdfSync("sha256", secret, salt, "Content-Encoding: nonce\0", 12));
  const sealed = body.subarray(21 + body[20]!);
  const open = createDecipheriv("aes-128-gcm", key, nonce).setAuthTag(sealed.subarray(-16));
  const text = Buffer.concat([open.update(sealed.subarray(0, -16)), open.final()]);
  return JSON.parse(text.subarray(0, text.lastIndexOf(2)).toString());
}

const notice = { title: "A lake", body: "Come and see.", url: "/artworks/1", tag: "painted" };

it("makes its keys once, whoever asks first", async () => {
  await db.secret.deleteMany();
  const keys = await Promise.all([pusher, webPusher(db, { subject, log })].map((one) => one.publicKey()));
  expect(keys[0]).toBe(keys[1]);
  expect(Buffer.from(keys[0]!, "base64url")).toHaveLength(65);
});

it("sends what the browser alone can read, signed as the push service wants it", async () => {
  const one = browser("one");
  expect(await pusher.send(one.device, notice)).toBe("sent");
  const [{ request, body }] = received as [(typeof received)[0]];
  expect(decrypt(body, one)).toEqual(notice);
  expect(body.includes("lake")).toBe(false);
  expect(request.headers).toMatchObject({ "content-encoding": "aes128gcm", ttl: "86400" });
  const [, token = "", key = ""] = /^vapid t=([^,]+), k=(.+)$/.exec(request.headers.authorization ?? "") ?? [];
  const [head = "", claims = "", signature = ""] = token.split(".");
  const point = Buffer.from(key, "base64url");
  const jwk = {
    kty: "EC",
    crv: "P-256",
    x: point.subarray(1, 33).toString("base64url"),
    y: point.subarray(33).toString("base64url"),
  };
  const isSigned = verify(
    "sha256",
    Buffer.from(`${head}.${claims}`),
    { key: createPublicKey({ key: jwk, format: "jwk" }), dsaEncoding: "ieee-p1363" },
    Buffer.from(signature, "base64url"),
  );
  expect(isSigned).toBe(true);
  expect(JSON.parse(Buffer.from(claims, "base64url").toString())).toMatchObject({
    aud: origin,
    sub: subject,
  });
});

it("tells each device what it asked for, in its language, and forgets one that is gone", async () => {
  const [one, german, other] = [browser("one"), browser("two"), browser("three")];
  await devices.put(one.device, new Date());
  await devices.put({ ...german.device, locale: "de" }, new Date());
  await devices.put({ ...other.device, topics: ["exhibition"] }, new Date());
  await prismaDevices(db, await letIn(db, "Ada")).put(browser("hers").device, new Date());
  const ports = fakePorts({ ...prismaRepos(db, owner), pusher });
  const aria = createContainer(ports);
  const id = await hang(db, { title: "A lake" });
  expect(await aria.notifyPainted(OrderId.parse(id))).toBe(2);
  const told = Object.fromEntries(
    received.map(({ request, body }) => [request.url, decrypt(body, request.url === "/one" ? one : german)]),
  );
  expect(told["/one"]).toMatchObject({ body: "Aria has painted it. Come and see.", url: `/artworks/${id}` });
  expect(told["/two"]).toMatchObject({ body: "Aria hat es gemalt. Sehen Sie es sich an." });
  expect(await makeNotifyExhibition(ports)((await ports.artists.list())[0]!, '"A lake"')).toBe(3);
  status = 410;
  expect(await aria.notifyPainted(OrderId.parse(id))).toBe(0);
  expect(await devices.topicsOf(one.device.endpoint)).toEqual([]);
  expect(await devices.topicsOf(other.device.endpoint)).toEqual(["exhibition"]);
});

it("passes over a device that cannot be reached, and keeps it", async () => {
  const one = browser("one");
  await devices.put(one.device, new Date());
  status = 503;
  const aria = createContainer(fakePorts({ ...prismaRepos(db, owner), pusher }));
  expect(await aria.notifyPainted(OrderId.parse(await hang(db)))).toBe(0);
  expect(await devices.topicsOf(one.device.endpoint)).toEqual(["painted", "exhibition"]);
  expect(logged.map((line) => JSON.parse(line))).toMatchObject([{ level: 40, service: new URL(origin).host, status }]);
  await devices.put({ ...one.device, topics: [] }, new Date());
  expect(await devices.topicsOf(one.device.endpoint)).toEqual([]);
});

it("logs why a notice was not sent, and nothing by which another could send one", async () => {
  status = 503;
  await expect(pusher.send(browser("secret").device, notice)).rejects.toThrow("503");
  const { device } = browser("secret");
  const away = { ...device, endpoint: "https://127.0.0.1:1/secret" };
  await expect(pusher.send(away, notice)).rejects.toThrow();
  const named = { ...device, endpoint: `https://somebody:secret@${new URL(origin).host}/secret` };
  await expect(pusher.send(named, notice)).rejects.toThrow();
  expect(logged).toHaveLength(3);
  expect(logged.join()).not.toContain("secret");
  expect(logged.join()).not.toContain(device.keys.auth);
});

it("goes nowhere that a push service leads to", async () => {
  status = 307;
  await expect(pusher.send(browser("one").device, notice)).rejects.toThrow("307");
  expect(received).toHaveLength(1);
});

const outside = webPusher(db, { subject, log, agent: new OutsideAgent({ ca }) });
const portOf = () => new URL(origin).port;

it.each(["localhost", "127.0.0.1", "127.1", "2130706433", "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]", "[::127.0.0.1]"])(
  "regression: whoever named %s as the address of a device had the server call itself",
  async (host) => {
    const device = { ...browser("one").device, endpoint: `https://${host}:${portOf()}/one` };
    await expect(outside.send(device, notice)).rejects.toMatchObject({ code: "INSIDE" });
    expect(JSON.parse(logged[0]!)).toMatchObject({ reason: "INSIDE" });
    expect([connections, received]).toEqual([0, []]);
  },
);

it.each([
  ["inside", ["127.0.0.1"]],
  ["inside as well as outside", ["8.8.8.8", "127.0.0.1"]],
])("reaches nobody by a name that is %s, and asks once what it is", async (_where, found) => {
  let asked = 0;
  const resolve: ConstructorParameters<typeof OutsideAgent>[0] = {
    ca,
    resolve(_name, _options, done) {
      asked++;
      done(
        null,
        found.map((address) => ({ address, family: 4 })),
      );
    },
  };
  const named = webPusher(db, { subject, log, agent: new OutsideAgent(resolve) });
  const device = { ...browser("one").device, endpoint: `https://push.example:${portOf()}/one` };
  await expect(named.send(device, notice)).rejects.toMatchObject({ code: "INSIDE" });
  expect([asked, connections]).toEqual([1, 0]);
});

it("calls outside what is anybody's, and inside all else", () => {
  for (const address of ["8.8.8.8", "1.1.1.1", "172.32.0.1", "2a00:1450:4001:829::200e", "::ffff:8.8.8.8"])
    expect([address, isOutside(address)]).toEqual([address, true]);
  const inside = [
    ...["127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1"],
    ...["169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255", "198.18.0.1", "240.0.0.1"],
    ...["::", "::1", "fe80::1", "fe80::1%eth0", "fd00::1", "fc00::1", "ff02::1", "fec0::1", "2001:db8::1"],
    ...["::ffff:10.0.0.1", "::ffff:7f00:1", "::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "not an address", ""],
  ];
  for (const address of inside) expect([address, isOutside(address)]).toEqual([address, false]);
});

it.each(["http://push.example/1", "HTTP://localhost:3000/x", "file:///etc/passwd", "localhost", ""])(
  "takes no device at %j",
  (endpoint) => {
    const { error } = DeviceInput.safeParse({ ...browser("one").device, endpoint });
    expect(error?.issues).toMatchObject([{ path: ["endpoint"], message: expect.stringContaining("https") }]);
  },
);

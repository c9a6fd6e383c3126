import { expect, it } from "vitest";
import { devicesOf, readEnv } from "./env.ts";

const env = (part: Record<string, string> = {}) =>
  readEnv({ NODE_ENV: "test", TICKET_SECRET: "s".repeat(32), ...part });

it("has one engine on whatever is found, or one on each device that is named", () => {
  expect(devicesOf(env({ ENGINE_PROVIDERS: "webgpu, cuda" }))).toEqual([
    { providers: ["webgpu", "cuda"], deviceId: 0 },
  ]);
  expect(devicesOf(env({ ENGINE_DEVICES: "cuda:0, cuda:1,cpu" }))).toEqual([
    { providers: ["cuda"], deviceId: 0 },
    { providers: ["cuda"], deviceId: 1 },
    { providers: ["cpu"], deviceId: 0 },
  ]);
});

it.each(["cuda:x", "gpu", "cuda:0;cpu"])("refuses %s by the name of its variable", (devices) => {
  expect(() => env({ ENGINE_DEVICES: devices })).toThrow(/ENGINE_DEVICES/);
});

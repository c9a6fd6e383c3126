import { expect, it } from "vitest";
import { addressOf, networkOf, proxyList } from "./client-address.ts";

const from = (remoteAddress: string, said?: string | string[], proxies: string[] = []) =>
  addressOf({ headers: { "x-forwarded-for": said as string }, socket: { remoteAddress } as never }, proxyList(proxies));

it.each([
  ["who speaks to this machine", from("203.0.113.9"), "203.0.113.9"],
  ["an address in the form of both", from("::ffff:203.0.113.9"), "203.0.113.9"],
  ["whom a proxy on this machine speaks for", from("127.0.0.1", "203.0.113.9"), "203.0.113.9"],
  ["by IPv6, too", from("::1", "2001:db8::7"), "2001:db8::7"],
  [
    "the last that no proxy of ours has",
    from("10.1.2.3", "1.1.1.1, 203.0.113.9, 10.9.9.9", ["10.0.0.0/8"]),
    "203.0.113.9",
  ],
  ["headers that were said twice", from("127.0.0.1", ["1.1.1.1", "203.0.113.9"]), "203.0.113.9"],
  ["this machine", from("127.0.0.1"), "127.0.0.1"],
  ["this machine by a proxy on it", from("::ffff:127.0.0.1", "127.0.0.1"), "127.0.0.1"],
])("is %s", (_, found, address) => expect(found).toBe(address));

it("bug: a visitor was whoever they said they were", () => {
  expect(from("203.0.113.9", "198.51.100.1")).toBe("203.0.113.9");
  expect(from("203.0.113.9", "127.0.0.1")).toBe("203.0.113.9");
  expect(from("127.0.0.1", "127.0.0.1, 203.0.113.9")).toBe("203.0.113.9");
  expect(from("127.0.0.1", "_hidden")).toBe("unknown");
});

it("bug: a visitor among the proxies was whoever they said they were, this machine included", () => {
  expect(from("127.0.0.1", "127.0.0.1, 10.0.0.77", ["10.0.0.0/8"])).toBe("10.0.0.77");
  expect(from("172.18.0.1", "192.168.1.9, 192.168.1.44", ["172.16.0.0/12", "192.168.0.0/16"])).toBe("172.18.0.1");
  expect(from("172.18.0.1", "127.0.0.1, 192.168.1.44", ["172.16.0.0/12", "192.168.0.0/16"])).toBe("172.18.0.1");
});

it("takes addresses and subnets as proxies, and nothing else", () => {
  expect(from("192.0.2.1", "203.0.113.9", ["192.0.2.1"])).toBe("203.0.113.9");
  expect(() => proxyList(["proxy.example"])).toThrow("proxy.example is no address");
  expect(() => proxyList(["10.0.0.0/99"])).toThrow();
});

it("takes a subnet of IPv6 for one visitor", () => {
  expect(networkOf("2001:db8:0:1:aaaa::7")).toBe(networkOf("2001:0db8::1:bbbb:0:0:7"));
  expect(networkOf("2001:db8:0:2::7")).toBe("2001:db8:0:2::/64");
  expect(networkOf("::1")).toBe("0:0:0:0::/64");
  expect(networkOf("203.0.113.9")).toBe("203.0.113.9");
});

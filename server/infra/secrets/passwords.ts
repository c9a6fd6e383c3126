import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { ShareSlug } from "#contracts/shares.ts";
import type { PasswordKeeper } from "#server/ports.ts";

/** OWASP's least for scrypt (Password Storage Cheat Sheet, 2024): N = 2^17, r = 8, p = 1; 128 MiB and about a third of a second. */
const COST = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 };
const KEY_BYTES = 32;

const derive = (password: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(password.normalize("NFKC"), salt, KEY_BYTES, COST, (error, key) => (error ? reject(error) : resolve(key)));
  });

/** `<salt>.<key>`, both in base64url. */
export const scryptPasswords: PasswordKeeper = {
  async hash(password) {
    const salt = randomBytes(16);
    return `${salt.toString("base64url")}.${(await derive(password, salt)).toString("base64url")}`;
  },
  async verify(password, hash) {
    const [salt = "", key = ""] = hash.split(".");
    const wanted = Buffer.from(key, "base64url");
    const told = await derive(password, Buffer.from(salt, "base64url"));
    return wanted.length === told.length && timingSafeEqual(wanted, told);
  },
};

/** 128 bits. */
export const newSlug = (): ShareSlug => ShareSlug.parse(randomBytes(16).toString("base64url"));

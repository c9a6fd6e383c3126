/** A certificate of a test's own for localhost, signed by itself (X.509 v3, RFC 5280): it is trusted by whoever is handed it. */
import { generateKeyPairSync, sign } from "node:crypto";

const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const UTF8_STRING = 0x0c;
const UTC_TIME = 0x17;
const SEQUENCE = 0x30;
const SET = 0x31;
const DNS_NAME = 0x82;
const VERSION = 0xa0;
const EXTENSIONS = 0xa3;

/** Object identifiers, and true, as they stand in DER. */
const ECDSA_WITH_SHA256 = Buffer.from("06082a8648ce3d040302", "hex");
const COMMON_NAME = Buffer.from("0603550403", "hex");
const SUBJECT_ALT_NAME = Buffer.from("0603551d11", "hex");
const BASIC_CONSTRAINTS = Buffer.from("0603551d13", "hex");
const TRUE = Buffer.from("0101ff", "hex");

/** A value with its tag and its length before it (X.690, 8.1). */
function der(tag: number, ...parts: readonly (Buffer | string)[]): Buffer {
  const value = Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : part)));
  const { length } = value;
  const bytes = length > 0xff ? [length >> 8, length & 0xff] : [length];
  const size = length < 0x80 ? bytes : [0x80 | bytes.length, ...bytes];
  return Buffer.concat([Buffer.from([tag, ...size]), value]);
}

const bits = (value: Buffer) => der(BIT_STRING, Buffer.from([0]), value);

export function ownCertificate(): { readonly cert: string; readonly key: string } {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const algorithm = der(SEQUENCE, ECDSA_WITH_SHA256);
  const name = der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, der(UTF8_STRING, "localhost"))));
  const known = der(OCTET_STRING, der(SEQUENCE, der(DNS_NAME, "localhost")));
  const signsItself = der(OCTET_STRING, der(SEQUENCE, TRUE));
  const told = der(
    SEQUENCE,
    der(VERSION, der(INTEGER, Buffer.from([2]))),
    der(INTEGER, Buffer.from([1])),
    algorithm,
    name,
    der(SEQUENCE, der(UTC_TIME, "200101000000Z"), der(UTC_TIME, "491231235959Z")),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der(
      EXTENSIONS,
      der(SEQUENCE, der(SEQUENCE, SUBJECT_ALT_NAME, known), der(SEQUENCE, BASIC_CONSTRAINTS, TRUE, signsItself)),
    ),
  );
  const whole = der(SEQUENCE, told, algorithm, bits(sign("sha256", told, privateKey)));
  const lines = whole.toString("base64").match(/.{1,64}/g)!;
  const cert = ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
  return { cert, key: privateKey.export({ type: "pkcs8", format: "pem" }) as string };
}

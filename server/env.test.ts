import { expect, it } from "vitest";
import { readBackupEnv, readEnv, secretsOf } from "./env.ts";

const WHOLE = {
  NODE_ENV: "test",
  DATABASE_URL: "postgresql://aria:database-secret@127.0.0.1:1/aria",
  ARIA_DATA_DIR: "/data",
  INFERENCE_URL: "http://127.0.0.1:4301",
  TICKET_SECRET: "t".repeat(32),
} as const;

it.each([
  [{ LLM_PROVIDER: "ollama" }, "LLM_MODEL must name a model"],
  [{ INFERENCE_URL: "http://a:1,http://b:1" }, "REDIS_URL must be set"],
  [{ S3_URL: "http://s3.example/aria" }, "S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY must be set"],
  [{ TICKET_SECRET: "short" }, "TICKET_SECRET"],
  [{ PUBLIC_URL: "no address" }, "PUBLIC_URL"],
])("refuses %j, by name", (part, said) => {
  expect(() => readEnv({ ...WHOLE, ...part })).toThrow(said);
});

it("refuses a backup of pictures that it has no keys to, and a number that is none", () => {
  const { DATABASE_URL, ARIA_DATA_DIR, NODE_ENV } = WHOLE;
  const here = { DATABASE_URL, ARIA_DATA_DIR, NODE_ENV };
  expect(readBackupEnv(here)).toMatchObject({ ARIA_DATA_DIR: "/data" });
  expect(() => readBackupEnv({ ...here, S3_URL: "http://s3.example/aria" })).toThrow("S3_ACCESS_KEY_ID");
  expect(() => readBackupEnv({ ...here, BACKUPS_DAILY: "many" })).toThrow("BACKUPS_DAILY");
});

it("names what no log may hold", () => {
  const secrets = secretsOf(readEnv({ ...WHOLE, CLAIM_CODE: "the claim code" }));
  expect(secrets).toContain(WHOLE.TICKET_SECRET);
  expect(secrets.some((secret) => secret?.includes("database-secret"))).toBe(true);
  expect(secrets).not.toContain("");
});

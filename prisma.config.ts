import { defineConfig } from "prisma/config";

/** `generate` reads the schema alone; the url is never dialled (migrations run by scripts/migrate.mjs). */
export default defineConfig({
  schema: "prisma/schema.prisma",
  datasource: { url: "postgresql://aria@localhost/aria" },
});

/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  // `npm run check` has typed everything, tests too; whoever starts Aria need not wait for it again.
  typescript: { ignoreBuildErrors: true },
  // Messages come compiled from app/messages/read-messages.ts.
  turbopack: { resolveAlias: { "use-intl/format-message": "use-intl/format-message/format-only" } },
  // A redirect would answer whom proxy.ts does not let in.
  skipTrailingSlashRedirect: true,
  serverExternalPackages: [
    "sharp",
    "pg",
    "graphile-worker",
    "pino",
    "esbuild",
    "pdfkit",
    "prom-client",
    "@opentelemetry/api",
    "@opentelemetry/sdk-trace-base",
    "@opentelemetry/exporter-trace-otlp-http",
    "@opentelemetry/resources",
    "@opentelemetry/context-async-hooks",
    "@sentry/core",
  ],
};

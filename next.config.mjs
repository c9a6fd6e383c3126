/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  // `npm run check` has typed everything, tests too; whoever starts Aria need not wait for it again.
  typescript: { ignoreBuildErrors: true },
  // socket.io's path ends with a slash, which Next would strip before proxy.ts sees it.
  skipTrailingSlashRedirect: true,
  serverExternalPackages: ["sharp", "pg", "graphile-worker", "pino", "esbuild", "pdfkit"],
  headers: async () => [
    {
      source: "/:path*",
      headers: [
        { key: "x-content-type-options", value: "nosniff" },
        { key: "referrer-policy", value: "same-origin" },
        { key: "x-frame-options", value: "DENY" },
      ],
    },
  ],
};

/** The arrows of Aria. Read `from` as "code in here may not import". */
export default {
  forbidden: [
    {
      name: "no-cycles",
      severity: "error",
      comment: "Two files that need each other are one idea, or hide a third.",
      from: {},
      to: { circular: true },
    },
    {
      name: "contracts-know-nobody",
      severity: "error",
      comment: "contracts/ is the language; what speaks it lives elsewhere.",
      from: { path: "^contracts/" },
      to: { path: "^(app|server|inference|tests)/" },
    },
    {
      name: "domain-is-pure",
      severity: "error",
      comment: "Take what you need as an argument; the service fetches it.",
      from: { path: "^server/domain/", pathNot: "\\.test\\.ts$" },
      to: { path: "^(app|inference|server/(services|infra|transport))/|^server/(container|ports|env)\\.ts$" },
    },
    {
      name: "domain-has-no-packages",
      severity: "error",
      comment: "A clock, a random number, a file: ask for them as parameters.",
      from: { path: "^server/domain/", pathNot: "\\.test\\.ts$" },
      to: { dependencyTypes: ["npm", "core"] },
    },
    {
      name: "services-speak-to-ports",
      severity: "error",
      comment: "Add a method to a port in server/ports.ts and implement it in infra/.",
      from: { path: "^server/services/", pathNot: "\\.test\\.ts$" },
      to: { path: "^server/(infra|transport)/|^server/(container|env)\\.ts$" },
    },
    {
      name: "only-entry-points-wire",
      severity: "error",
      comment:
        "Adapters are chosen in production-ports.ts, by server/web.ts, server/studio.ts, server/door.ts and the commands that keep backups.",
      from: {
        pathNot:
          "^server/(web|studio|door)\\.ts$|^scripts/(backup|restore|backup-command)\\.ts$|^server/infra/|\\.test\\.ts$|^tests/",
      },
      to: { path: "^server/infra/" },
    },
    {
      name: "prisma-stays-home",
      severity: "error",
      comment: "Return contract types from server/infra/prisma/; rows stop there.",
      from: { pathNot: "^(server/infra/prisma|prisma)/" },
      to: { path: "@prisma/client|server/infra/prisma/generated" },
    },
    {
      name: "inference-stands-alone",
      severity: "error",
      comment: "The sidecar learns of the world by orders (contracts/generation.ts), not by imports.",
      from: { path: "^inference/" },
      to: { path: "^(app|server)/" },
    },
    {
      name: "nobody-imports-inference",
      severity: "error",
      comment: "Go through the ImageGenerator port.",
      from: { path: "^(app|server)/" },
      to: { path: "^inference/" },
    },
    {
      name: "app-enters-by-one-door",
      severity: "error",
      comment: "Import values from #server/web.ts, anything else as a type.",
      from: { path: "^app/" },
      to: { path: "^server/", pathNot: "^server/web\\.ts$", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "only-server-files-use-the-door",
      severity: "error",
      comment:
        "Read in page, layout or route and pass props down, or use tRPC; prefetched.tsx asks for a page what its browser would.",
      from: { path: "^app/", pathNot: "(^|/)(page|layout|route|opengraph-image|sitemap|prefetched)\\.tsx?$" },
      to: { path: "^server/web\\.ts$" },
    },
    {
      name: "telemetry-knows-nobody",
      severity: "error",
      comment: "Every program is watched by the same means: hand it what it must know.",
      from: { path: "^telemetry/" },
      to: { path: "^(app|server|inference)/" },
    },
    {
      name: "schedulers-stand-alone",
      severity: "error",
      comment:
        "A scheduler is a paper, a tensor, and a config it can refuse in the words of contracts/. Bring nothing else.",
      from: { path: "^inference/schedulers/", pathNot: "\\.test\\.ts$" },
      to: { pathNot: "^inference/(schedulers|tensor)|^contracts/|node_modules/zod/" },
    },
    {
      name: "onnxruntime-lives-in-runtime",
      severity: "error",
      comment: "Ask inference/runtime/session.ts: it alone knows that a run blocks its thread.",
      from: { pathNot: "^inference/runtime/" },
      to: { path: "onnxruntime-node" },
    },
    {
      name: "no-orphans",
      severity: "error",
      comment: "Nothing reaches this file: wire it or delete it.",
      from: {
        orphan: true,
        pathNot:
          "\\.d\\.ts$|config\\.|^server/studio\\.ts$|^scripts/launcher/guard\\.mjs$|^scripts/prisma-generate\\.mjs$",
      },
      to: {},
    },
  ],
  options: {
    tsPreCompilationDeps: "specify",
    doNotFollow: { path: "node_modules" },
    exclude: "\\.next|next-env|/generated/",
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default"] },
    tsConfig: { fileName: "tsconfig.json" },
  },
};

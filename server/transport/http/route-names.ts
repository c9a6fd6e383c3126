/** Addresses by their kind, so that what is counted of them stays small however many artworks there are. */

const ID = "[0-9a-f-]{36}";
const SHA = "[0-9a-f]{64}";

/** The first that fits. */
const ROUTES: readonly (readonly [name: string, fits: RegExp])[] = [
  ["/", /^\/$/],
  ["/artworks/:id", new RegExp(`^/artworks/${ID}$`)],
  ["/artworks/:id/export", new RegExp(`^/artworks/${ID}/export$`)],
  ["/collections/:id", new RegExp(`^/collections/${ID}$`)],
  ["/series/:id", new RegExp(`^/series/${ID}$`)],
  ["/images/:sha", new RegExp(`^/images/${SHA}$`)],
  ["/images/:sha/:thumb", new RegExp(`^/images/${SHA}/[^/]+$`)],
  ["/s/:slug", /^\/s\/[^/]+(\/opengraph-image[^/]*)?$/],
  ["/s/:slug/unlock", /^\/s\/[^/]+\/unlock$/],
  ["/s/:slug/:id/:thumb", /^\/s\/[^/]+\/[^/]+\/[^/]+$/],
  ["/api/auth", /^\/api\/auth\//],
  ["/_next", /^\/_next\//],
  ["/socket.io", /^\/socket\.io(\/|$)/],
  ["/icons", /^\/icons?[./]/],
];

const PLAIN = new Set([
  "/openapi.json",
  "/sdapi/v1/interrupt",
  "/sdapi/v1/options",
  "/sdapi/v1/progress",
  "/sdapi/v1/samplers",
  "/sdapi/v1/sd-models",
  "/sdapi/v1/txt2img",
  "/admin",
  "/people",
  "/sign-in",
  "/sign-in/claim",
  "/collections",
  "/duels",
  "/exports",
  "/flags",
  "/gallery",
  "/gallery/alike",
  "/health/live",
  "/health/ready",
  "/journal",
  "/manifest.webmanifest",
  "/metrics",
  "/mind",
  "/models",
  "/oembed",
  "/offline",
  "/series",
  "/settings",
  "/share-target",
  "/sketches",
  "/sw.js",
  "/v1/images/generations",
  "/v1/models",
]);

const TRPC = "/api/trpc/";

/** `procedures` are those that there are: what is called by another name is "other", as any unknown address is. */
export function makeRouteOf(procedures: ReadonlySet<string>): (pathname: string) => string {
  return (pathname) => {
    if (PLAIN.has(pathname)) return pathname;
    if (pathname.startsWith(TRPC)) {
      const called = pathname.slice(TRPC.length);
      if (procedures.has(called)) return pathname;
      return called.split(",").every((name) => procedures.has(name)) ? `${TRPC}batch` : "other";
    }
    return ROUTES.find(([, fits]) => fits.test(pathname))?.[0] ?? "other";
  };
}

/** Which right each address asks for. What is not listed here is opened by an admin alone, and a test fails of it. */
import type { Role } from "#contracts/people.ts";
import { THUMB_NAME } from "#contracts/thumbnails.ts";
import type { Need } from "#server/domain/access/caller.ts";

interface Door {
  readonly path: RegExp;
  readonly role: Role;
}

const SLUG = String.raw`[\w-]{22}`;
const ID = "[0-9a-f-]{36}";

/** What whoever is sent a link may ask for: each answers for itself whether the link still holds. */
const shared = new RegExp(`^/s/${SLUG}(/unlock|/opengraph-image[^/]*|/${ID}/${THUMB_NAME})?$`);

export const DOORS: readonly Door[] = [
  { path: shared, role: "visitor" },
  { path: /^\/oembed$/, role: "visitor" },
  { path: /^\/(icon\.svg|icons\/[\w-]+\.png|manifest\.webmanifest|sw\.js)$/, role: "visitor" },
  { path: /^\/health\/(live|ready)$/, role: "visitor" },
  // For whoever watches this machine, by a key of an admin where they are elsewhere.
  { path: /^\/metrics$/, role: "admin" },
  { path: /^\/admin$/, role: "admin" },
  // better-auth asks for a session itself, wherever one is needed.
  { path: /^\/(sign-in(\/claim)?|api\/auth(\/.*)?)$/, role: "visitor" },
  // Each procedure asks for its own.
  { path: /^\/api\/trpc\/[\w.,]+$/, role: "member" },
  {
    path: /^\/(gallery|collections|series|mind|journal|duels|models|settings|offline|people|gallery\/alike)?$/,
    role: "member",
  },
  { path: /^\/flags$/, role: "admin" },
  { path: /^\/(artworks|collections|series)\/[^/]+$/, role: "member" },
  { path: /^\/images\/[^/]+(\/[^/]+)?$/, role: "member" },
  { path: /^\/artworks\/[^/]+\/export$/, role: "member" },
  { path: /^\/(exports|share-target|sketches)$/, role: "member" },
  { path: /^\/v1\/(images\/generations|models)$/, role: "member" },
  { path: /^\/sdapi\/v1\/(txt2img|progress|interrupt|samplers|sd-models|options)$/, role: "member" },
  { path: /^\/openapi\.json$/, role: "visitor" },
  { path: /^\/socket\.io\/?$/, role: "member" },
  { path: /^\/screens\/[\w-]+\.webp$/, role: "visitor" },
];

/** Sockets take their first turns by POST, and change nothing. */
const looks = (method: string, pathname: string): boolean =>
  /^(GET|HEAD)$/.test(method) || pathname.startsWith("/socket.io") || pathname.startsWith("/api/trpc/");

export function needAt(method: string, pathname: string): Need {
  const door = DOORS.find(({ path }) => path.test(pathname));
  if (!door) return { role: "admin", scope: "admin" };
  // Of a batch of procedures each asks for what it needs.
  return { role: door.role, scope: looks(method, pathname) ? "read" : "write" };
}

import type { ArtworkId } from "#contracts/artwork.ts";
import { AriaError } from "#contracts/errors.ts";
import type { CreateShareInput, Opened, Share, SharedArtwork, SharedThing, ShareSlug } from "#contracts/shares.ts";
import type { Ports, ShareRow } from "#server/ports.ts";
import { makeGiveFeedback } from "./give-feedback.ts";

type Deps = Pick<
  Ports,
  "artists" | "artworks" | "flagRepo" | "learning" | "metrics" | "shares" | "passwords" | "newSlug" | "now"
>;

const DAY_MS = 86_400_000;

const toShare = ({ passwordHash, expiresAt, slug, views, createdAt }: ShareRow): Share => ({
  slug,
  path: `/s/${slug}`,
  hasPassword: passwordHash !== null,
  expiresAt,
  views,
  createdAt,
});

const isOver = ({ expiresAt, revokedAt }: ShareRow, now: Date): boolean =>
  revokedAt !== null || (expiresAt !== null && expiresAt <= now);

/** A new link each time: one can be revoked without the others. She learns that an artwork was worth showing. Throws NOT_FOUND. */
export function makeCreateShare(deps: Deps) {
  const giveFeedback = makeGiveFeedback(deps);
  return async function createShare({ of, days, password }: CreateShareInput): Promise<Share> {
    const { shares, passwords, now, newSlug } = deps;
    const row: ShareRow = {
      slug: newSlug(),
      of,
      passwordHash: password === undefined ? null : await passwords.hash(password),
      expiresAt: days === null ? null : new Date(now().getTime() + days * DAY_MS),
      revokedAt: null,
      views: 0,
      createdAt: now(),
    };
    await shares.create(row);
    if ("artworkId" in of) await giveFeedback(of.artworkId, "share");
    return toShare(row);
  };
}

/** The links that lead to something now, newest first. */
export const makeListShares =
  ({ shares, now }: Deps) =>
  async (of: SharedThing): Promise<Share[]> =>
    (await shares.of(of)).filter((row) => !isOver(row, now())).map(toShare);

/** From now on it leads nowhere. Throws NOT_FOUND. */
export const makeRevokeShare =
  ({ shares, now }: Deps) =>
  async (slug: ShareSlug): Promise<void> => {
    if (!(await shares.revoke(slug, now()))) throw new AriaError("NOT_FOUND", { kind: "share", id: slug });
  };

type IsUnlocked = (row: ShareRow) => boolean;

/** The link, where it leads anywhere; whether it is over, locked, or never was. */
async function follow(
  { shares, now }: Deps,
  slug: ShareSlug,
  isUnlocked: IsUnlocked,
): Promise<ShareRow | "locked" | null> {
  const row = await shares.get(slug);
  if (!row || isOver(row, now())) return null;
  return row.passwordHash !== null && !isUnlocked(row) ? "locked" : row;
}

/**
 * What a link leads to; null where it leads nowhere, whether it is over, its artwork is in the trash, or it never was.
 * `isUnlocked` is asked for a link that wants a password.
 */
export const makeOpenShare =
  (deps: Deps) =>
  async (slug: ShareSlug, isUnlocked: IsUnlocked): Promise<Opened | null> => {
    const row = await follow(deps, slug, isUnlocked);
    if (row === null) return null;
    if (row === "locked") return { state: "locked" };
    const { name, artworks } = await deps.shares.artworks(row.of);
    const [first] = artworks;
    const isCollection = name !== null;
    if (!first && !isCollection) return null;
    return { state: "open", slug, title: name ?? first?.title ?? "", isCollection, artworks };
  };

/** One artwork that a link leads to, without reading the others; null as above. */
export const makeFindShared =
  (deps: Deps) =>
  async (slug: ShareSlug, id: ArtworkId, isUnlocked: IsUnlocked): Promise<SharedArtwork | null> => {
    const row = await follow(deps, slug, isUnlocked);
    return row === null || row === "locked" ? null : deps.shares.artwork(row.of, id);
  };

/** The row that the password opens; null for a wrong one, and for a link that leads nowhere. */
export const makeUnlockShare =
  ({ shares, passwords, now }: Deps) =>
  async (slug: ShareSlug, password: string): Promise<ShareRow | null> => {
    const row = await shares.get(slug);
    if (!row || isOver(row, now()) || row.passwordHash === null) return null;
    return (await passwords.verify(password, row.passwordHash)) ? row : null;
  };

/** Links by which others may look at an artwork, or at a collection. */
import { z } from "zod";
import { ArtworkId, ArtworkTile } from "./artwork.ts";
import { CollectionId } from "./collections.ts";
import { DEFAULT_SHARE_DAYS } from "./terms.ts";

/** 128 random bits in base64url. */
export const ShareSlug = z.string().regex(/^[A-Za-z0-9_-]{22}$/, "is no share link");
export type ShareSlug = z.infer<typeof ShareSlug>;

const MAX_DAYS = 3_650;
const PASSWORD_CHARACTERS = { min: 4, max: 100 } as const;

const Password = z
  .string()
  .min(PASSWORD_CHARACTERS.min, `must be at least ${PASSWORD_CHARACTERS.min} characters`)
  .max(PASSWORD_CHARACTERS.max, `must be at most ${PASSWORD_CHARACTERS.max} characters`);

/** What a link leads to. */
export const SharedThing = z.union([z.object({ artworkId: ArtworkId }), z.object({ collectionId: CollectionId })]);
export type SharedThing = z.infer<typeof SharedThing>;

export const CreateShareInput = z.object({
  of: SharedThing,
  /** Null: until it is revoked. */
  days: z
    .int()
    .min(1, "must be 1 or more")
    .max(MAX_DAYS, `must be at most ${MAX_DAYS}`)
    .nullable()
    .default(DEFAULT_SHARE_DAYS),
  password: Password.optional(),
});
export type CreateShareInput = z.infer<typeof CreateShareInput>;

/** As whoever shares it sees it. */
export const Share = z.object({
  slug: ShareSlug,
  /** Behind the origin that others reach Aria by. */
  path: z.string(),
  hasPassword: z.boolean(),
  expiresAt: z.date().nullable(),
  /** Of its page, without those of known robots. */
  views: z.int(),
  createdAt: z.date(),
});
export type Share = z.infer<typeof Share>;

/** As whoever follows the link sees it: nothing of how it was made but what she says herself. */
export const SharedArtwork = ArtworkTile.pick({
  id: true,
  title: true,
  widthPx: true,
  heightPx: true,
  thumbhash: true,
  createdAt: true,
}).extend({ sha256: z.string(), statement: z.string().nullable(), artist: z.string(), modelId: z.string() });
export type SharedArtwork = z.infer<typeof SharedArtwork>;

export interface OpenShare {
  readonly state: "open";
  readonly slug: ShareSlug;
  /** Of the collection; the artwork's own where there is one alone. */
  readonly title: string;
  readonly isCollection: boolean;
  readonly artworks: readonly SharedArtwork[];
}
/** Locked: the link is right, and a password is wanted besides. */
export type Opened = OpenShare | { readonly state: "locked" };

/** oembed.com, version 1.0: a photo. */
export const OembedReply = z.object({
  version: z.literal("1.0"),
  type: z.literal("photo"),
  title: z.string(),
  author_name: z.string(),
  provider_name: z.string(),
  provider_url: z.string(),
  url: z.string(),
  width: z.int(),
  height: z.int(),
});

import type { Artwork, RemixInput } from "#contracts/artwork.ts";
import { AriaError } from "#contracts/errors.ts";
import type { Lexicon } from "#contracts/lexicon.ts";
import type { Order, PlaceOrderInput } from "#contracts/order.ts";
import { phrasesIn, readTheme } from "#contracts/theme.ts";
import { joined } from "#server/domain/prompt/join.ts";
import type { Ports } from "#server/ports.ts";
import { makeKeepSketch } from "./own-files.ts";
import { makePlaceOrder, type PlaceDeps } from "./place-order.ts";
import { makeReadPng } from "./read-png.ts";

type Deps = PlaceDeps & Pick<Ports, "artworks" | "shrink">;

/** How much of the original is painted anew: a variation keeps its layout, another mood hardly more than its masses. */
const REPAINTED = { variation: 0.5, style: 0.65, mood: 0.75 } as const;
const CANDIDATES = 3;

/**
 * A new work from one that is there: painted over it where its model can, and remembered as its child. Throws NOT_FOUND, and
 * what placing an order does.
 */
export function makeRemixArtwork(deps: Deps) {
  const placeOrder = makePlaceOrder(deps);
  return async function remixArtwork({ artworkId, ...way }: RemixInput): Promise<Order> {
    const { artworks, generator } = deps;
    const artwork = await artworks.get(artworkId);
    if (!artwork) throw new AriaError("NOT_FOUND", { kind: "artwork", id: artworkId });
    const { modelId, widthPx, heightPx, underpainting } = artwork.settings;
    const lexicon = await generator.lexicon(modelId);
    // One that was painted from pure noise may be of a model that cannot begin from a picture.
    const over =
      underpainting === null ? {} : { sketch: await sketchOf(deps, artwork), underpainting: REPAINTED[way.kind] };
    return placeOrder({
      ...wordsFor(artwork, way, lexicon),
      ...over,
      modelId,
      widthPx,
      heightPx,
      artistId: artwork.artistId,
      negativePrompt: artwork.negativePrompt,
      count: CANDIDATES,
      parent: { artworkId, remix: way.kind },
    });
  };
}

type WithoutId<T> = T extends unknown ? Omit<T, "artworkId"> : never;
type Way = WithoutId<RemixInput>;
type Words = Pick<PlaceOrderInput, "prompt" | "enhance" | "edited" | "mood">;

function wordsFor({ theme, prompt, title }: Artwork, way: Way, lexicon: Lexicon | null): Words {
  const subject = subjectOf(prompt, lexicon) || title;
  if (way.kind === "variation") return { prompt: theme, enhance: false, edited: prompt };
  if (way.kind === "mood") return { prompt: subject, enhance: true, mood: way.mood };
  const colours = phrasesIn(prompt).find((part) => lexicon && isOnly("palette", part, lexicon));
  return { prompt: subject, enhance: false, edited: joined([subject, way.style, colours]) };
}

/** The prompt without its manner and its colours, which a remix chooses anew. */
export const subjectOf = (prompt: string, lexicon: Lexicon | null): string =>
  lexicon
    ? phrasesIn(prompt)
        .filter((part, i) => i === 0 || !(isOnly("style", part, lexicon) || isOnly("palette", part, lexicon)))
        .join(", ")
    : (phrasesIn(prompt)[0] ?? "");

/** Whether a phrase says this, and nothing of what is to be seen. */
function isOnly(kind: "style" | "palette", phrase: string, lexicon: Lexicon): boolean {
  const { scene, extras, time, [kind]: said } = readTheme(phrase, lexicon);
  return said !== null && scene === null && time === null && extras.length === 0;
}

async function sketchOf(deps: Deps, { imageUrl }: Artwork): Promise<string> {
  const small = await deps.shrink(await makeReadPng(deps)(imageUrl));
  return (await makeKeepSketch(deps)(small)).sha256;
}

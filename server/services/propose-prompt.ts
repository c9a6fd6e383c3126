import type { Proposal, ProposePromptInput } from "#contracts/mind.ts";
import { DEFAULT_MODEL } from "#contracts/terms.ts";
import { decide } from "#server/domain/concept/propose.ts";
import type { Ports } from "#server/ports.ts";
import { survey, word } from "./conceive.ts";
import { findArtist } from "./find-artist.ts";
import { refuseUnsafe } from "./keep-safe.ts";

type Deps = Pick<
  Ports,
  "artists" | "artworks" | "flags" | "generator" | "learning" | "safety" | "policy" | "writer" | "now" | "rng"
>;

/** What she would make of a theme, shown before it is ordered, so that a person may change it. Nothing is stored. */
export function makeProposePrompt(deps: Deps) {
  return async function proposePrompt(
    { theme, modelId, artistId }: ProposePromptInput,
    signal: AbortSignal,
  ): Promise<Proposal> {
    refuseUnsafe(await deps.safety.read(), { prompt: theme, field: "theme" });
    const artist = await findArtist(deps.artists, artistId);
    const asked = modelId === undefined ? {} : { modelId };
    // Of whoever asks: no order is placed yet, and what they edit is painted word for word.
    const template = await deps.flags.read("prompt-template");
    const writer = deps.writer && (await deps.flags.read("language-model")) ? deps.writer : null;
    const known = await survey(deps, artist, {
      theme,
      asked,
      sketch: null,
      enhance: true,
      template,
      modelId: modelId ?? DEFAULT_MODEL,
    });
    const { concept } = decide(theme, known.situation, deps.rng);
    return { ...(await word(writer, known, { prompt: concept.prompt, theme, signal })), modelId: known.card.id };
  };
}

import type { ArtworkId } from "#contracts/artwork.ts";
import { AriaError } from "#contracts/errors.ts";
import type { ArtistId, FeedbackAction } from "#contracts/mind.ts";
import { experienceOfReaction, rewardOf } from "#server/domain/growth/experience.ts";
import type { Ports, Reaction } from "#server/ports.ts";
import { findArtist } from "./find-artist.ts";
import { tellMilestones } from "./tell-milestones.ts";

type Deps = Pick<Ports, "artists" | "artworks" | "flagRepo" | "learning" | "metrics" | "now">;

const reactionOf = (action: FeedbackAction, at: Date): Reaction => ({
  action,
  reward: rewardOf(action),
  experience: experienceOfReaction(action),
  at,
});

/** Teaches her by a reaction, once of each kind; gives how the artwork stands then. Throws NOT_FOUND. */
export function makeGiveFeedback(deps: Deps) {
  return async function giveFeedback(id: ArtworkId, action: FeedbackAction): Promise<readonly FeedbackAction[]> {
    const { flagRepo, learning, metrics, now } = deps;
    const reaction = reactionOf(action, now());
    const isNew = await learning.react(id, reaction);
    const artwork = await found(deps, id);
    // The first verdict is what counts of it, whatever is thought or taken back later.
    await flagRepo.observe(artwork.orderId, { kind: "verdict", value: reaction.reward, at: reaction.at });
    if (!isNew) return artwork.feedback;
    metrics.reacted(action, artwork.mood);
    metrics.taught("reactions");
    await tellMilestones(deps, artwork.artistId);
    return artwork.feedback;
  };
}

/** As if it had never been given. */
export function makeTakeBackFeedback(deps: Deps) {
  return async function takeBackFeedback(id: ArtworkId, action: FeedbackAction): Promise<readonly FeedbackAction[]> {
    await deps.learning.takeBack(id, reactionOf(action, deps.now()));
    return (await found(deps, id)).feedback;
  };
}

async function found({ artworks }: Deps, id: ArtworkId) {
  const artwork = await artworks.get(id);
  if (!artwork) throw new AriaError("NOT_FOUND", { kind: "artwork", id });
  return artwork;
}

/** Throws NOT_FOUND. */
export const makeForgetLearned =
  ({ artists, learning }: Pick<Ports, "artists" | "learning">) =>
  async (artistId: ArtistId): Promise<void> =>
    learning.reset((await findArtist(artists, artistId)).id);

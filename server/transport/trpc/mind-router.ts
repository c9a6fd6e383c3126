import { DuelInput } from "#contracts/duels.ts";
import {
  ArtistId,
  AutonomyInput,
  CreateArtistInput,
  FeedbackInput,
  InfluenceInput,
  JournalInput,
  ProposePromptInput,
} from "#contracts/mind.ts";
import { memberProcedure, router } from "./trpc.ts";

export const mindRouter = router({
  artists: memberProcedure.query(({ ctx }) => ctx.aria.artists.list()),

  create: memberProcedure.input(CreateArtistInput).mutation(({ ctx, input }) => ctx.aria.createArtist(input)),

  read: memberProcedure.input(ArtistId.optional()).query(({ ctx, input }) => ctx.aria.readMind(input)),

  influence: memberProcedure
    .input(InfluenceInput)
    .mutation(({ ctx, input }) => ctx.aria.influence(input.artistId, input.by)),

  journal: memberProcedure
    .input(JournalInput)
    .query(({ ctx, input }) =>
      ctx.aria.artists.episodes(input.artistId, { before: input.cursor ?? null, limit: input.limit }),
    ),

  react: memberProcedure
    .input(FeedbackInput)
    .mutation(({ ctx, input }) => ctx.aria.giveFeedback(input.artworkId, input.action)),

  takeBack: memberProcedure
    .input(FeedbackInput)
    .mutation(({ ctx, input }) => ctx.aria.takeBackFeedback(input.artworkId, input.action)),

  propose: memberProcedure
    .input(ProposePromptInput)
    .mutation(({ ctx, input, signal }) => ctx.aria.proposePrompt(input, signal ?? new AbortController().signal)),

  setAutonomy: memberProcedure.input(AutonomyInput).mutation(({ ctx, input }) => ctx.aria.setAutonomy(input)),

  exhibition: memberProcedure.input(ArtistId).query(({ ctx, input }) => ctx.aria.readExhibition(input)),

  nextDuel: memberProcedure.input(ArtistId).query(({ ctx, input }) => ctx.aria.nextDuel(input)),

  settleDuel: memberProcedure.input(DuelInput).mutation(({ ctx, input }) => ctx.aria.settleDuel(input)),

  forget: memberProcedure.input(ArtistId).mutation(({ ctx, input }) => ctx.aria.forgetLearned(input)),
});

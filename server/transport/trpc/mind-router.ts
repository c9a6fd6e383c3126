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
import { publicProcedure, router } from "./trpc.ts";

export const mindRouter = router({
  artists: publicProcedure.query(({ ctx }) => ctx.aria.artists.list()),

  create: publicProcedure.input(CreateArtistInput).mutation(({ ctx, input }) => ctx.aria.createArtist(input)),

  read: publicProcedure.input(ArtistId.optional()).query(({ ctx, input }) => ctx.aria.readMind(input)),

  influence: publicProcedure
    .input(InfluenceInput)
    .mutation(({ ctx, input }) => ctx.aria.influence(input.artistId, input.by)),

  journal: publicProcedure
    .input(JournalInput)
    .query(({ ctx, input }) =>
      ctx.aria.artists.episodes(input.artistId, { before: input.cursor ?? null, limit: input.limit }),
    ),

  react: publicProcedure
    .input(FeedbackInput)
    .mutation(({ ctx, input }) => ctx.aria.giveFeedback(input.artworkId, input.action)),

  takeBack: publicProcedure
    .input(FeedbackInput)
    .mutation(({ ctx, input }) => ctx.aria.takeBackFeedback(input.artworkId, input.action)),

  propose: publicProcedure
    .input(ProposePromptInput)
    .mutation(({ ctx, input, signal }) => ctx.aria.proposePrompt(input, signal ?? new AbortController().signal)),

  setAutonomy: publicProcedure.input(AutonomyInput).mutation(({ ctx, input }) => ctx.aria.setAutonomy(input)),

  exhibition: publicProcedure.input(ArtistId).query(({ ctx, input }) => ctx.aria.readExhibition(input)),

  nextDuel: publicProcedure.input(ArtistId).query(({ ctx, input }) => ctx.aria.nextDuel(input)),

  settleDuel: publicProcedure.input(DuelInput).mutation(({ ctx, input }) => ctx.aria.settleDuel(input)),

  forget: publicProcedure.input(ArtistId).mutation(({ ctx, input }) => ctx.aria.forgetLearned(input)),
});

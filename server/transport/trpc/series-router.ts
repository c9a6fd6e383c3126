import { AriaError } from "#contracts/errors.ts";
import { PlaceSeriesInput, SeriesId } from "#contracts/series.ts";
import { publicProcedure, router } from "./trpc.ts";

const SHOWN = 20;

export const seriesRouter = router({
  place: publicProcedure.input(PlaceSeriesInput).mutation(({ ctx, input }) => ctx.aria.placeSeries(input)),

  list: publicProcedure.query(({ ctx }) => ctx.aria.series.list(SHOWN)),

  byId: publicProcedure.input(SeriesId).query(async ({ ctx, input: id }) => {
    const series = await ctx.aria.series.get(id);
    if (!series) throw new AriaError("NOT_FOUND", { kind: "series", id });
    return series;
  }),
});

import { AriaError } from "#contracts/errors.ts";
import { PlaceSeriesInput, SeriesId } from "#contracts/series.ts";
import { memberProcedure, router } from "./trpc.ts";

const SHOWN = 20;

export const seriesRouter = router({
  place: memberProcedure.input(PlaceSeriesInput).mutation(({ ctx, input }) => ctx.aria.placeSeries(input)),

  list: memberProcedure.query(({ ctx }) => ctx.aria.series.list(SHOWN)),

  byId: memberProcedure.input(SeriesId).query(async ({ ctx, input: id }) => {
    const series = await ctx.aria.series.get(id);
    if (!series) throw new AriaError("NOT_FOUND", { kind: "series", id });
    return series;
  }),
});

import { DeviceInput } from "#contracts/notifications.ts";
import { publicProcedure, router } from "./trpc.ts";

export const deviceRouter = router({
  /** What a browser subscribes with. */
  key: publicProcedure.query(({ ctx }) => ctx.aria.pushKey()),

  topics: publicProcedure.input(DeviceInput.shape.endpoint).query(({ ctx, input }) => ctx.aria.topicsOf(input)),

  put: publicProcedure.input(DeviceInput).mutation(({ ctx, input }) => ctx.aria.putDevice(input)),
});

import { DeviceInput } from "#contracts/notifications.ts";
import { memberProcedure, router } from "./trpc.ts";

export const deviceRouter = router({
  /** What a browser subscribes with. */
  key: memberProcedure.query(({ ctx }) => ctx.aria.pushKey()),

  topics: memberProcedure.input(DeviceInput.shape.endpoint).query(({ ctx, input }) => ctx.aria.topicsOf(input)),

  put: memberProcedure.input(DeviceInput).mutation(({ ctx, input }) => ctx.aria.putDevice(input)),
});

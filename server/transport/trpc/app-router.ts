import { adminRouter } from "./admin-router.ts";
import { artworkRouter } from "./artwork-router.ts";
import { backupRouter } from "./backup-router.ts";
import { collectionRouter } from "./collection-router.ts";
import { deviceRouter } from "./device-router.ts";
import { flagRouter } from "./flag-router.ts";
import { galleryRouter } from "./gallery-router.ts";
import { mindRouter } from "./mind-router.ts";
import { modelRouter } from "./model-router.ts";
import { orderRouter } from "./order-router.ts";
import { personRouter } from "./person-router.ts";
import { safetyRouter } from "./safety-router.ts";
import { seriesRouter } from "./series-router.ts";
import { shareRouter } from "./share-router.ts";
import { memberProcedure, router } from "./trpc.ts";

export const appRouter = router({
  order: orderRouter,
  artwork: artworkRouter,
  gallery: galleryRouter,
  collection: collectionRouter,
  mind: mindRouter,
  model: modelRouter,
  series: seriesRouter,
  safety: safetyRouter,
  share: shareRouter,
  device: deviceRouter,
  backup: backupRouter,
  person: personRouter,
  flag: flagRouter,
  admin: adminRouter,
  health: router({ whole: memberProcedure.query(({ ctx }) => ctx.aria.readHealth()) }),
});
export type AppRouter = typeof appRouter;

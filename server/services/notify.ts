import type { Notice, Topic } from "#contracts/notifications.ts";
import type { OrderId } from "#contracts/order.ts";
import { noticeOf } from "#server/domain/voice/notices.ts";
import type { Ports } from "#server/ports.ts";

type Deps = Pick<Ports, "devices" | "pusher" | "orders" | "artists">;

/** Tells every device that asked for it. One that is gone is forgotten; one that cannot be reached is passed over. Gives how many were told. */
async function tell({ devices, pusher }: Deps, topic: Topic, notice: (locale: string) => Notice): Promise<number> {
  const told = await Promise.all(
    (await devices.about(topic)).map(async (device) => {
      const sent = await pusher.send(device, notice(device.locale)).catch(() => "failed" as const);
      if (sent === "gone") await devices.forget(device.endpoint);
      return sent === "sent";
    }),
  );
  return told.filter(Boolean).length;
}

/** That an order has become an artwork. */
export const makeNotifyPainted =
  (deps: Deps) =>
  async (id: OrderId): Promise<number> => {
    const order = await deps.orders.get(id);
    if (!order?.artworkId) return 0;
    const artist = await deps.artists.get(order.artistId);
    const facts = { name: artist?.name ?? "Aria", title: order.title ?? order.prompt, artworkId: order.artworkId };
    return tell(deps, "painted", (locale) => noticeOf("painted", facts, locale));
  };

/** That what an artist painted by herself since yesterday hangs. */
export const makeNotifyExhibition =
  (deps: Deps) =>
  async (name: string, title: string): Promise<number> =>
    tell(deps, "exhibition", (locale) => noticeOf("exhibition", { name, title, artworkId: null }, locale));

import type { Artist, ArtistId } from "#contracts/mind.ts";
import type { Notice, Topic } from "#contracts/notifications.ts";
import type { OrderId } from "#contracts/order.ts";
import { noticeOf } from "#server/domain/voice/notices.ts";
import type { Ports } from "#server/ports.ts";

type Deps = Pick<Ports, "devices" | "pusher" | "orders" | "artists">;

interface News {
  readonly topic: Topic;
  readonly of: ArtistId;
  readonly notice: (locale: string) => Notice;
}

/**
 * Tells every device that asked for it of whoever the artist belongs to. One that is gone is forgotten; one that cannot be
 * reached is passed over. Gives how many were told.
 */
async function tell({ devices, pusher }: Deps, { topic, of, notice }: News): Promise<number> {
  const told = await Promise.all(
    (await devices.about(topic, of)).map(async (device) => {
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
    const notice = (locale: string) => noticeOf("painted", facts, locale);
    return tell(deps, { topic: "painted", of: order.artistId, notice });
  };

/** That what an artist painted by herself since yesterday hangs. */
export const makeNotifyExhibition =
  (deps: Deps) =>
  async ({ id, name }: Pick<Artist, "id" | "name">, title: string): Promise<number> => {
    const notice = (locale: string) => noticeOf("exhibition", { name, title, artworkId: null }, locale);
    return tell(deps, { topic: "exhibition", of: id, notice });
  };

import Link from "next/link";
import { useTranslations } from "use-intl";
import { Picture } from "#app/ui/picture.tsx";
import type { Order } from "#contracts/order.ts";

/** One work of a series, or the place it will have. */
export function Piece({ order }: { order: Order }) {
  const t = useTranslations("series.states");
  const kept = order.candidates.find((candidate) => candidate.kept);
  const title = order.title ?? order.theme;
  const href = order.artworkId ? `/artworks/${order.artworkId}` : `/?order=${order.id}`;
  return (
    <li>
      <Link href={href} title={title} className="group block rounded-sm bg-mat p-1.5 sm:p-2">
        <span className="grid aspect-square place-items-center overflow-hidden bg-plinth">
          {kept ? (
            <Picture
              {...kept}
              alt={title}
              widthPx={order.widthPx}
              heightPx={order.heightPx}
              sizes="(min-width: 64rem) 11rem, 22vw"
              className="appear size-full object-cover"
            />
          ) : (
            <span className="p-1 text-center text-muted text-xs">{t(order.state)}</span>
          )}
        </span>
      </Link>
    </li>
  );
}

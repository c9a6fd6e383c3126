import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useOrderWatch } from "#app/(rooms)/studio/use-order-watch.ts";
import { shareOf, useToldProgress } from "#app/(rooms)/studio/use-told-progress.ts";
import { UnderWay } from "#app/ui/under-way.tsx";
import type { QueuedOrder } from "#contracts/operations.ts";

interface Props {
  readonly order: QueuedOrder;
  readonly title: string;
  readonly children: ReactNode;
}

/** An order that is being painted, as it stands. */
export function OnEasel({ order, title, children }: Props) {
  const t = useTranslations("admin.line");
  const easel = useTranslations("studio.easelSays");
  const format = useFormatter();
  const told = useToldProgress();
  const { progress, strokeUrl } = useOrderWatch(order.id, { asAdmin: true });
  const { artist, person, count, startedAt, widthPx, heightPx } = order;
  return (
    <article
      aria-label={title}
      className="grid grid-cols-[5rem_1fr] items-start gap-4 rounded-lg bg-plinth p-4 sm:grid-cols-[8rem_1fr]"
    >
      <div className="overflow-hidden bg-mat" style={{ aspectRatio: `${widthPx} / ${heightPx}` }}>
        {strokeUrl && (
          // biome-ignore lint/performance/noImgElement: a frame of some kilobytes from memory
          <img src={strokeUrl} alt={t("alt", { title })} className="stroke size-full object-cover" />
        )}
      </div>
      <div className="grid min-w-0 gap-3">
        <div className="grid gap-0.5">
          <h3 className="truncate font-serif text-lg">{title}</h3>
          <p className="text-muted text-xs">
            {startedAt && `${t("begun", { ago: format.relativeTime(startedAt, new Date()) })} · `}
            {t("of", { artist, count })}
            {person !== null && ` · ${t("for", { person })}`}
          </p>
        </div>
        <UnderWay label={easel("soFar")} share={shareOf(progress)} told={told(order, progress)}>
          {children}
        </UnderWay>
      </div>
    </article>
  );
}

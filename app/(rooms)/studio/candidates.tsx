import { useTranslations } from "use-intl";
import { LineIcon } from "#app/ui/line-icon.tsx";
import { Picture } from "#app/ui/picture.tsx";
import type { Candidate, Order } from "#contracts/order.ts";
import { CRITERIA } from "#contracts/terms.ts";

/** All she painted for an order, with what she measured on each. */
export function Candidates({ order }: { order: Order }) {
  const t = useTranslations("studio.judged");
  const criteria = useTranslations("criteria");
  const scored = CRITERIA.filter((name) => order.candidates.some(({ scores }) => scores[name] !== null));
  return (
    <section aria-labelledby="candidates" data-order={order.id} className="grid gap-3">
      <h2 id="candidates" className="text-muted text-sm">
        {t("title", { by: scored.map((name) => criteria(name)).join(", ") })}
      </h2>
      <ul className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        {order.candidates.map((candidate) => (
          <CandidateTile key={candidate.index} order={order} candidate={candidate} />
        ))}
      </ul>
    </section>
  );
}

function CandidateTile({ order, candidate }: { order: Order; candidate: Candidate }) {
  const t = useTranslations("studio.judged");
  const { kept, score, seed, index } = candidate;
  return (
    <li
      data-testid="candidate"
      className={`grid gap-2 rounded-sm p-2 ${kept ? "bg-mat ring-1 ring-accent" : "bg-plinth"}`}
    >
      <a href={candidate.imageUrl} aria-label={t("whole", { number: index + 1 })}>
        <Picture
          {...candidate}
          alt={t("candidate", { number: index + 1 })}
          widthPx={order.widthPx}
          heightPx={order.heightPx}
          sizes="(min-width: 40rem) 11rem, 45vw"
          className="h-auto w-full"
        />
      </a>
      <p className="flex items-center justify-between text-xs tabular-nums">
        <span title={t("seed", { seed: String(seed) })}>{score.toFixed(2)}</span>
        {kept && (
          <span data-testid="kept" className="flex items-center gap-1 text-accent">
            <LineIcon name="kept" /> {t("kept")}
          </span>
        )}
      </p>
    </li>
  );
}

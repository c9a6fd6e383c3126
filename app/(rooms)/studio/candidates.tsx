import { LineIcon } from "#app/ui/line-icon.tsx";
import { Picture } from "#app/ui/picture.tsx";
import { CRITERIA } from "#contracts/generation.ts";
import type { Candidate, Order } from "#contracts/order.ts";

/** All she painted for an order, with what she measured on each. */
export function Candidates({ order }: { order: Order }) {
  return (
    <section aria-labelledby="candidates" className="grid gap-3">
      <h2 id="candidates" className="text-muted text-sm">
        Candidates, scored 0 to 1 by {scoredBy(order)}
      </h2>
      <ul className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        {order.candidates.map((candidate) => (
          <CandidateTile key={candidate.index} order={order} candidate={candidate} />
        ))}
      </ul>
    </section>
  );
}

const scoredBy = ({ candidates }: Order): string =>
  new Intl.ListFormat("en").format(CRITERIA.filter((name) => candidates.some(({ scores }) => scores[name] !== null)));

function CandidateTile({ order, candidate }: { order: Order; candidate: Candidate }) {
  const { kept, score, seed, index } = candidate;
  return (
    <li
      data-testid="candidate"
      className={`grid gap-2 rounded-sm p-2 ${kept ? "bg-mat ring-1 ring-accent" : "bg-plinth"}`}
    >
      <a href={candidate.imageUrl} aria-label={`Candidate ${index + 1} in full size`}>
        <Picture
          {...candidate}
          alt={`Candidate ${index + 1}`}
          widthPx={order.widthPx}
          heightPx={order.heightPx}
          sizes="(min-width: 40rem) 11rem, 45vw"
          className="h-auto w-full"
        />
      </a>
      <p className="flex items-center justify-between text-xs tabular-nums">
        <span title={`Seed ${seed}`}>{score.toFixed(2)}</span>
        {kept && (
          <span data-testid="kept" className="flex items-center gap-1 text-accent">
            <LineIcon name="kept" /> kept
          </span>
        )}
      </p>
    </li>
  );
}

import type { SequencePoint } from "#contracts/flags.ts";

const [WIDTH, HEIGHT] = [600, 160];

/** The difference after each outcome, from -1 below to 1 above, within the bounds that hold at all times. */
export function SequenceChart({ path, title }: { path: readonly SequencePoint[]; title: string }) {
  const most = path.at(-1)?.n ?? 1;
  const x = (n: number) => ((n - 1) / Math.max(1, most - 1)) * WIDTH;
  const y = (difference: number) => ((1 - difference) / 2) * HEIGHT;
  const line = (of: keyof Omit<SequencePoint, "n">) => path.map((point) => `${x(point.n)},${y(point[of])}`);
  return (
    <svg
      role="img"
      aria-label={title}
      viewBox={`-4 -4 ${WIDTH + 8} ${HEIGHT + 8}`}
      preserveAspectRatio="none"
      className="h-40 w-full rounded-lg bg-plinth"
    >
      <polygon points={[...line("upper"), ...line("lower").toReversed()].join(" ")} className="fill-accent/20" />
      <line x1={0} x2={WIDTH} y1={y(0)} y2={y(0)} className="stroke-muted" strokeDasharray="4 4" />
      <polyline
        points={line("difference").join(" ")}
        className="fill-none stroke-2 stroke-accent"
        vectorEffect="non-scaling-stroke"
      />
      {path.length === 1 && <circle cx={x(1)} cy={y(path[0]!.difference)} r={4} className="fill-accent" />}
    </svg>
  );
}

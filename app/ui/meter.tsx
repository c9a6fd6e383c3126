interface Props {
  readonly title: string;
  /** 0..1 */
  readonly value: number;
  /** In place of the number. */
  readonly told?: string;
}

export const Meter = ({ title, value, told = value.toFixed(2) }: Props) => (
  <div className="grid grid-cols-[6rem_1fr_auto] items-center gap-3 text-muted text-sm">
    <dt className="capitalize">{title}</dt>
    <dd className="contents">
      <meter className="bar" value={value} aria-label={title} />
      <span className="min-w-10 text-right tabular-nums">{told}</span>
    </dd>
  </div>
);

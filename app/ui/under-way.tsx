import type { ReactNode } from "react";

interface Props {
  /** What the bar measures. */
  readonly label: string;
  /** How far it has come, 0..1. */
  readonly share: number;
  /** The same in words. */
  readonly told: string;
  /** What stops it. */
  readonly children: ReactNode;
}

/** How far something has come that takes a while, and a way to stop it. */
export const UnderWay = ({ label, share, told, children }: Props) => (
  <div className="flex items-center gap-4">
    <div className="grid flex-1 gap-2">
      <progress className="bar" value={share} aria-label={label} />
      <p role="status" className="text-muted text-sm tabular-nums">
        {told}
      </p>
    </div>
    {children}
  </div>
);

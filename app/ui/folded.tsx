import type { ComponentProps } from "react";

interface Props extends ComponentProps<"details"> {
  readonly title: string;
  /** How it stands with what is within. */
  readonly beside?: string | false;
}

/** What not everybody needs, behind its title. */
export const Folded = ({ title, beside, children, ...rest }: Props) => (
  <details className="rounded-lg border border-line" {...rest}>
    <summary className="flex min-h-11 items-center justify-between px-3 text-muted text-sm hover:text-ink">
      {title} {beside && <span className="text-accent text-xs">{beside}</span>}
    </summary>
    {children}
  </details>
);

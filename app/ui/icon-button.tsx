import type { ComponentProps } from "react";
import { type IconName, LineIcon } from "./line-icon.tsx";

interface Props extends ComponentProps<"button"> {
  readonly icon: IconName;
  /** What it does: heard, and shown to a mouse that rests on it. */
  readonly label: string;
}

/** A button that is an icon alone, as large as a finger. */
export const IconButton = ({ icon, label, className = "", ...rest }: Props) => (
  <button
    type="button"
    aria-label={label}
    title={label}
    className={`grid size-11 shrink-0 place-items-center rounded-lg text-muted hover:text-ink disabled:opacity-30 aria-pressed:text-accent ${className}`}
    {...rest}
  >
    <LineIcon name={icon} />
  </button>
);

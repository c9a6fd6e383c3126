import type { ReactNode } from "react";

/** A control under its caption. */
export const Captioned = ({ title, children }: { title: string; children: ReactNode }) => (
  // biome-ignore lint/a11y/noLabelWithoutControl: the control is its child
  <label className="grid content-start gap-1 text-muted text-xs">
    {title}
    {children}
  </label>
);

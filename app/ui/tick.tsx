import type { ReactNode } from "react";

interface Props {
  readonly isOn: boolean;
  readonly disabled?: boolean;
  readonly onChange: (isOn: boolean) => void;
  readonly children: ReactNode;
}

/** What is so or not, as a row that is ticked; its words are its label. */
export const Tick = ({ isOn, disabled, onChange, children }: Props) => (
  <label className="flex min-h-11 items-center gap-3 text-sm">
    <input
      type="checkbox"
      checked={isOn}
      disabled={disabled}
      onChange={({ target }) => onChange(target.checked)}
      className="size-5 shrink-0 accent-(--accent)"
    />
    <span>{children}</span>
  </label>
);

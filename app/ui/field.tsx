import { type InputHTMLAttributes, type ReactNode, useId } from "react";

interface Props extends Omit<InputHTMLAttributes<HTMLInputElement>, "id" | "className"> {
  readonly label: string;
  readonly note?: ReactNode;
}

/** A line to write in, under what is asked for. */
export function Field({ label, note, ...rest }: Props) {
  const id = useId();
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-muted text-sm">
        {label}
      </label>
      <input id={id} className="field" aria-describedby={note ? `${id}-note` : undefined} {...rest} />
      {note && (
        <p id={`${id}-note`} className="text-muted text-xs">
          {note}
        </p>
      )}
    </div>
  );
}

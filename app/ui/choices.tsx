import { useId } from "react";

interface Option<T> {
  readonly value: T;
  readonly title: string;
  readonly detail?: string;
}

interface Props<T> {
  readonly legend: string;
  readonly value: T;
  readonly options: readonly Option<T>[];
  readonly onChange: (value: T) => void;
}

/** One of a few, all in sight. */
export function Choices<T extends string | number>({ legend, value, options, onChange }: Props<T>) {
  const name = useId();
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-2 text-muted text-sm">{legend}</legend>
      <div className="grid auto-cols-fr grid-flow-col gap-1 rounded-lg border border-line p-1">
        {options.map((option) => (
          <label
            key={option.value}
            className="grid min-h-9 cursor-pointer place-items-center content-center rounded-md px-1 text-center text-muted text-xs has-checked:bg-mat has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name={name}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
              className="sr-only"
            />
            <span className="capitalize">{option.title}</span>
            {option.detail && <span className="text-[0.6875rem] tabular-nums">{option.detail}</span>}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

import { type ReactNode, useId } from "react";

interface Props {
  readonly title: string;
  /** How far its parts stand from each other, where it is not as usual, and the like. */
  readonly className?: string;
  readonly children: ReactNode;
}

/** A part of a page under its own heading. */
export function Chapter({ title, className = "gap-4", children }: Props) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={`grid content-start ${className}`}>
      <h2 id={id} className="font-serif text-xl">
        {title}
      </h2>
      {children}
    </section>
  );
}

import type { ReactNode } from "react";
import { Chapter } from "#app/ui/chapter.tsx";

interface Props {
  readonly title: string;
  /** What links lead to. */
  readonly id?: string;
  readonly children: ReactNode;
}

/** A chapter of this page, set off from the one before. */
export const Section = ({ id, ...part }: Props) => (
  <div id={id} className="scroll-mt-6">
    <Chapter {...part} className="gap-5 border-line border-t pt-6" />
  </div>
);

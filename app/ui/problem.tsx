"use client";
import { useSentenceOf } from "./use-sentence-of.ts";

/** What went wrong with a call, told where it was made; nothing while all is well. */
export function Problem({ error }: { error: unknown }) {
  const sentenceOf = useSentenceOf();
  if (!error) return null;
  return (
    <p role="alert" className="text-alarm text-sm">
      {sentenceOf(error)}
    </p>
  );
}

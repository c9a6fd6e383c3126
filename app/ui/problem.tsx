"use client";
import { isKeptForLater } from "#app/pwa/outbox-link.ts";
import { useSentenceOf } from "./use-sentence-of.ts";

/** What went wrong with a call, told where it was made; nothing while all is well. */
export function Problem({ error }: { error: unknown }) {
  const sentenceOf = useSentenceOf();
  if (!error) return null;
  return (
    <p role="alert" className={`text-sm ${isKeptForLater(error) ? "text-muted" : "text-alarm"}`}>
      {sentenceOf(error)}
    </p>
  );
}

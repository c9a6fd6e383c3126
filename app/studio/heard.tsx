"use client";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import { useTRPC } from "#app/trpc.ts";
import { type Lexicon, readTheme, type Theme } from "#contracts/theme.ts";

interface Props {
  readonly prompt: string;
  readonly modelId: string | undefined;
}

/** What the model hears in the theme, as it is written, and what it never learnt. */
export function Heard({ prompt, modelId }: Props) {
  const trpc = useTRPC();
  const { data: lexicon } = useQuery(
    trpc.model.lexicon.queryOptions(modelId ?? "", { enabled: modelId !== undefined, staleTime: Infinity }),
  );
  const written = useDeferredValue(prompt);
  const theme = lexicon && written.trim() !== "" ? readTheme(written, lexicon) : null;
  return (
    <div aria-live="polite" className="text-muted text-sm empty:hidden">
      {theme && lexicon && <Sentences theme={theme} lexicon={lexicon} />}
    </div>
  );
}

function Sentences({ theme, lexicon }: { theme: Theme; lexicon: Lexicon }) {
  const heard = phrasesOf(theme, lexicon);
  const { unheard, scene } = theme;
  if (heard.length === 0) {
    return unheard.length > 0 ? (
      <p>New to her: {listed(unheard)}. She will guess a subject from the sound of it.</p>
    ) : null;
  }
  return (
    <>
      <p>
        She hears <span className="text-ink">{heard.join(", ")}</span>.
      </p>
      {(unheard.length > 0 || scene === null) && (
        <p>
          {unheard.length > 0 && `New to her: ${listed(unheard)}. `}
          {scene === null && "The subject she will guess."}
        </p>
      )}
    </>
  );
}

function phrasesOf({ scene, time, style, palette, extras }: Theme, { say }: Lexicon): string[] {
  const named = [
    scene && say.scene?.[scene],
    ...extras.map((extra) => say.extra?.[extra]),
    time && say.time?.[time],
    style && say.style?.[style],
    palette && say.palette?.[palette],
  ];
  return named.filter((phrase): phrase is string => Boolean(phrase));
}

const LISTED = 4;
const listed = (words: readonly string[]): string =>
  words.length <= LISTED ? words.join(", ") : `${words.slice(0, LISTED).join(", ")} and ${words.length - LISTED} more`;

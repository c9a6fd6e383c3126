"use client";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import type { Lexicon } from "#contracts/lexicon.ts";
import { readTheme, type Theme } from "#contracts/theme.ts";

interface Props {
  readonly prompt: string;
  readonly modelId: string | undefined;
  /** Where the theme names no subject she will guess one: not over a person's own sketch, nor without any. */
  readonly guesses: boolean;
}

/** Long enough for a word to be finished before it is read out. */
const REST_MS = 800;

/** What the model hears in the theme, as it is written, and what it never learnt. */
export function Heard({ prompt, modelId, guesses }: Props) {
  const t = useTranslations("studio.heard");
  const trpc = useTRPC();
  const { data: lexicon } = useQuery(
    trpc.model.lexicon.queryOptions(modelId ?? "", { enabled: modelId !== undefined, staleTime: Infinity }),
  );
  const sentence = lexicon && prompt ? sentenceOf(t, prompt, { lexicon, guesses }) : "";
  const settled = useSettled(sentence);
  return (
    <>
      <p className="text-muted text-sm empty:hidden">{sentence}</p>
      <p aria-live="polite" className="sr-only">
        {settled}
      </p>
    </>
  );
}

/** The text once it has not changed for a while. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), REST_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

type Translate = ReturnType<typeof useTranslations<"studio.heard">>;

function sentenceOf(
  t: Translate,
  prompt: string,
  { lexicon, guesses }: { lexicon: Lexicon; guesses: boolean },
): string {
  const theme = readTheme(prompt, lexicon);
  const { unheard, scene } = theme;
  const heard = phrasesOf(theme, lexicon);
  const parts = [
    heard.length > 0 && t("hears", { heard: heard.join(", ") }),
    unheard.length > 0 && t("new", { words: listed(t, unheard) }),
    guesses && scene === null && heard.length + unheard.length > 0 && t("guesses"),
  ];
  return parts.filter(Boolean).join(" ");
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
const listed = (t: Translate, words: readonly string[]): string =>
  words.length <= LISTED
    ? words.join(", ")
    : t("more", { words: words.slice(0, LISTED).join(", "), count: words.length - LISTED });

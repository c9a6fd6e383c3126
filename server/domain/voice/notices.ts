import type { Notice, Topic } from "#contracts/notifications.ts";

interface Facts {
  readonly name: string;
  readonly title: string;
  readonly artworkId: string | null;
}

const WORDS: Readonly<Record<string, Readonly<Record<Topic, (facts: Facts) => { title: string; body: string }>>>> = {
  en: {
    painted: ({ name, title }) => ({ title, body: `${name} has painted it. Come and see.` }),
    exhibition: ({ name, title }) => ({ title: `${name}'s morning exhibition`, body: title }),
  },
  de: {
    painted: ({ name, title }) => ({ title, body: `${name} hat es gemalt. Sehen Sie es sich an.` }),
    exhibition: ({ name, title }) => ({ title: `Die Morgenausstellung von ${name}`, body: title }),
  },
};

/** What a device shows, in its own language; English where it is none of ours. */
export function noticeOf(topic: Topic, facts: Facts, locale: string): Notice {
  const words = (WORDS[locale] ?? WORDS.en!)[topic](facts);
  return { ...words, tag: topic, url: facts.artworkId === null ? "/journal" : `/artworks/${facts.artworkId}` };
}

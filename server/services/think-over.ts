import type { Lexicon } from "#contracts/lexicon.ts";
import type { Artist, Choice, Thought } from "#contracts/mind.ts";
import { MOOD_NATURES } from "#contracts/mood-natures.ts";
import type { Mood } from "#contracts/moods.ts";
import type { Order } from "#contracts/order.ts";
import { likeness } from "#server/domain/concept/critique.ts";
import { armsOf, decide, hear, type Situation, suited } from "#server/domain/concept/propose.ts";
import { leaningsOf } from "#server/domain/learning/leanings.ts";
import { settingsFor, tune } from "#server/domain/settings/settle.ts";
import * as voice from "#server/domain/voice/speak-thoughts.ts";
import type { Claim, Ports, Work } from "#server/ports.ts";
import { survey, word } from "./conceive.ts";

type Deps = Pick<
  Ports,
  | "artists"
  | "artworks"
  | "flags"
  | "generator"
  | "learning"
  | "safety"
  | "policy"
  | "orders"
  | "writer"
  | "now"
  | "rng"
>;

/**
 * Observe, reflect, decide, express, create: what she makes of an order, each thought stored and shown as it comes. An
 * order she has decided on before, under a worker that died, is taken as she left it.
 */
export function makeThinkOver(deps: Deps) {
  return async function thinkOver(
    { order, fence }: Claim,
    { signal, onLost }: { signal: AbortSignal; onLost: () => void },
  ): Promise<Order> {
    if (order.title !== null) return order;
    const { artists, generator, orders, now, rng } = deps;
    const herself = await artists.get(order.artistId);
    if (!herself) throw new Error(`order ${order.id} is of an artist that is not there`);
    const artist = inMood(herself, order.asked.mood);
    const lose = (): never => {
      onLost();
      throw new Error(`order ${order.id} is somebody else's now`);
    };
    let index = 0;
    const think = async (kind: Thought["kind"], text: string) => {
      const thought = { index: index++, kind, text, at: now() };
      if (!(await orders.think(order.id, fence, thought))) lose();
      void generator.whisper(order.id, thought);
    };

    await think("observe", voice.observe(artist, now().getHours(), voice.askedFor(order.theme, order.enhance)));
    const { template, writer } = await givenTo(deps, order);
    const known = await survey(deps, artist, { ...order, template });
    const { card, works, situation, among, routed } = known;
    const { lexicon, learned } = situation;
    await think("reflect", reflectOn(order.theme, { works, lexicon, now: now() }));

    const { concept, rejected } = decide(order.prompt, situation, rng);
    for (const idea of rejected) await think("decide", voice.givenUp(idea));
    await think("decide", voice.decided(concept));
    const { prompt, note } = await word(writer, known, { prompt: concept.prompt, theme: order.theme, signal });
    if (note !== null) await think("decide", note);
    await think("express", voice.express(artist));

    const plain = settingsFor(order.asked, card);
    const tuned = order.enhance ? tune(plain, order.asked, learned, rng) : { settings: plain, choices: [] };
    const said = asWorded(concept.choices, prompt, lexicon);
    // What a series leaves to a piece, and what all of its pieces share, she decided when it was begun.
    const worded = order.seriesId === null ? said : said.map((choice) => ({ ...choice, by: "aria" as const }));
    const choices = [...routed, ...worded, ...tuned.choices];
    const why = [among && voice.reasonOf({ ...among, arm: card.title }, artist.mood), reasonFor(choices, situation)];
    await think("create", voice.create(card.title, tuned.settings, why.filter(Boolean).join(" ")));

    const subject = order.theme || concept.subject;
    const decided = {
      ...tuned.settings,
      prompt,
      mood: artist.mood,
      subject,
      title: voice.titleFor(subject, artist.mood),
      statement: voice.statementFor(subject, {
        theme: order.theme,
        isFree: order.enhance,
        feeling: artist,
        verdict: concept.verdict,
      }),
      choices,
    };
    if (!(await orders.decide(order.id, fence, decided))) lose();
    return (await orders.get(order.id)) ?? lose();
  };
}

/** The variants that an order was given when it was placed. */
async function givenTo({ flags, writer }: Deps, { id }: Order) {
  const [template, mayBeWorded] = await Promise.all([
    flags.given("prompt-template", id),
    flags.given("language-model", id),
  ]);
  return { template, writer: mayBeWorded ? writer : null };
}

/** A language model may have put another manner or other colours into it than she chose: what is painted is what she learns of. */
function asWorded(choices: readonly Choice[], prompt: string, lexicon: Lexicon | null): Choice[] {
  if (!lexicon) return [...choices];
  const heard = hear(prompt, lexicon);
  return choices.flatMap((choice) => {
    if (choice.dimension !== "style" && choice.dimension !== "palette") return [choice];
    const label = heard[choice.dimension];
    const arm = label === null ? undefined : lexicon.say[choice.dimension]?.[label];
    return arm === undefined ? [] : [{ ...choice, arm }];
  });
}

/** As she is, or as she puts herself into a mood for a work. */
const inMood = (artist: Artist, mood: Mood | undefined): Artist =>
  mood === undefined
    ? artist
    : { ...artist, mood, intensity: Math.max(artist.intensity, MOOD_NATURES[mood].intensity) };

/** A work she remembers from less than this is not like it at all. */
const ALIKE = 0.25;

/** What was painted before that is like the theme; left to herself, how the last of it was received. */
function reflectOn(
  theme: string,
  { works, lexicon, now }: { works: readonly Work[]; lexicon: Lexicon | null; now: Date },
): string {
  const [last] = works;
  if (!last) return voice.reflectOnNothing();
  if (theme === "") return voice.reflectOnLast(last, now);
  const idea = hear(theme, lexicon);
  const alike = works.map((work) => ({ ...work, likeness: likeness(idea, hear(work.prompt, lexicon)) }));
  const nearest = alike.toSorted((a, b) => b.likeness - a.likeness)[0]!;
  return nearest.likeness > ALIKE ? voice.reflectOnLike(nearest, now) : voice.reflectOnUnlike(works.length);
}

/** Of what she chose, the manner says most; of what a person chose she says that. */
function reasonFor(choices: readonly Choice[], situation: Situation): string {
  const style = choices.find(({ dimension }) => dimension === "style");
  if (!style) return "";
  if (style.by === "person") return voice.asAsked(style);
  const posteriors = suited(armsOf("style", situation), "style", situation);
  const leaning = leaningsOf("style", posteriors, situation.learned("style")).find(({ arm }) => arm === style.arm);
  return leaning ? voice.reasonOf(leaning, situation.mood) : "";
}

import type { ModelCard } from "#contracts/generation.ts";
import { type Artist, type Choice, DIMENSIONS, type Dimension, type Thought } from "#contracts/mind.ts";
import type { Order } from "#contracts/order.ts";
import type { Lexicon } from "#contracts/theme.ts";
import { likeness } from "#server/domain/concept/critique.ts";
import { armsOf, decide, hear, type Situation, suited } from "#server/domain/concept/propose.ts";
import type { Learned } from "#server/domain/learning/bandit.ts";
import { leaningsOf } from "#server/domain/learning/leanings.ts";
import { route } from "#server/domain/settings/route-model.ts";
import { settingsFor, tune } from "#server/domain/settings/settle.ts";
import * as voice from "#server/domain/voice/speak-thoughts.ts";
import type { Claim, Ports, Work } from "#server/ports.ts";
import { pickModel, refuseNone } from "./pick-model.ts";

type Deps = Pick<Ports, "artists" | "artworks" | "generator" | "learning" | "orders" | "now" | "rng">;

/** Works she has in mind when she looks for something new. */
const REMEMBERED = 40;

type LearnedOf = (dimension: Dimension) => Learned;

/**
 * Observe, reflect, decide, express, create: what she makes of an order, each thought stored and shown as it comes. An
 * order she has decided on before, under a worker that died, is taken as she left it.
 */
export function makeThinkOver(deps: Deps) {
  return async function thinkOver({ order, fence }: Claim, onLost: () => void): Promise<Order> {
    if (order.title !== null) return order;
    const { artists, artworks, generator, orders, now, rng } = deps;
    const artist = await artists.get(order.artistId);
    if (!artist) throw new Error(`order ${order.id} is of an artist that is not there`);
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

    await think("observe", voice.observe(artist, now().getHours(), order.theme));
    const learned = await whatIsLearned(deps, artist);
    const { card, lexicon, routed } = await chooseModel(deps, order, learned);
    const works = await artworks.recent(artist.id, REMEMBERED);
    await think("reflect", reflectOn(order.theme, { works, lexicon, now: now() }));

    const situation: Situation = {
      mood: artist.mood,
      curiosity: artist.curiosity,
      patience: artist.patience,
      recent: works.map(({ prompt }) => hear(prompt, lexicon)),
      vocabulary: card.vocabulary,
      lexicon,
      mayAdd: order.enhance,
      learned,
    };
    const { concept, rejected } = decide(order.prompt, situation, rng);
    for (const idea of rejected) await think("decide", voice.givenUp(idea));
    await think("decide", voice.decided(concept));
    await think("express", voice.express(artist));

    const plain = settingsFor(order.asked, card);
    const tuned = order.enhance ? tune(plain, order.asked, learned, rng) : { settings: plain, choices: [] };
    const choices = [...routed, ...concept.choices, ...tuned.choices];
    const why = reasonFor(choices, situation);
    await think("create", voice.create(card.title, tuned.settings, why));

    const subject = order.theme || concept.subject;
    const decided = {
      ...tuned.settings,
      prompt: concept.prompt,
      mood: artist.mood,
      subject,
      title: voice.titleFor(subject, artist.mood),
      statement: voice.statementFor(subject, order.theme, artist, concept.verdict),
      choices,
    };
    if (!(await orders.decide(order.id, fence, decided))) lose();
    return (await orders.get(order.id)) ?? lose();
  };
}

async function whatIsLearned({ learning, now }: Deps, { id, mood }: Artist): Promise<LearnedOf> {
  const all = await Promise.all(
    DIMENSIONS.map(async (dimension) => [dimension, await learning.evidence(id, { dimension, mood }, now())] as const),
  );
  const byDimension = new Map(all);
  return (dimension) => byDimension.get(dimension)!;
}

interface Chosen {
  readonly card: ModelCard;
  readonly lexicon: Lexicon | null;
  readonly routed: readonly Choice[];
}

async function chooseModel({ generator, rng }: Deps, order: Order, learned: LearnedOf): Promise<Chosen> {
  const { models } = await generator.health();
  refuseNone(models);
  const { asked, sketch } = order;
  const usable = models.filter(
    ({ state, samplers, defaults }) =>
      state !== "failed" &&
      (asked.sampler === undefined || samplers.includes(asked.sampler)) &&
      (sketch === null || defaults.underpainting !== null),
  );
  const isHers = order.enhance && asked.modelId === undefined && usable.length > 0;
  if (!isHers) {
    const card = pickModel(models, order.modelId);
    const by = asked.modelId === undefined ? "aria" : "person";
    return { card, lexicon: await generator.lexicon(card.id), routed: [{ dimension: "model", arm: card.id, by }] };
  }
  const lexicons = new Map(await Promise.all(usable.map(async ({ id }) => [id, await generator.lexicon(id)] as const)));
  const lexiconOf = (id: string) => lexicons.get(id) ?? null;
  const candidates = usable.map((card) => {
    const lexicon = lexiconOf(card.id);
    return { card, heard: lexicon && hear(order.theme, lexicon) };
  });
  const { card } = route(candidates, learned("model"), rng);
  return { card, lexicon: lexiconOf(card.id), routed: [{ dimension: "model", arm: card.id, by: "aria" }] };
}

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
  const leaning = leaningsOf("style", posteriors, situation.learned("style").here).find(({ arm }) => arm === style.arm);
  return leaning ? voice.reasonOf(leaning, situation.mood) : "";
}

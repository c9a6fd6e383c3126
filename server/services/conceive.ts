import type { FlagValue } from "#contracts/flag-names.ts";
import type { ModelCard, Sampler } from "#contracts/generation.ts";
import type { Lexicon } from "#contracts/lexicon.ts";
import { type Artist, type Choice, DIMENSIONS, type Dimension, type Leaning } from "#contracts/mind.ts";
import type { Order } from "#contracts/order.ts";
import { SPACED_SAMPLERS } from "#contracts/terms.ts";
import { hear, type Situation } from "#server/domain/concept/propose.ts";
import type { Learned } from "#server/domain/learning/bandit.ts";
import { leaningsOf } from "#server/domain/learning/leanings.ts";
import { accept, briefFor, lovedPhrases } from "#server/domain/prompt/enhance.ts";
import { wantedBeside } from "#server/domain/safety/judge-prompt.ts";
import { posteriorsOfModels, route } from "#server/domain/settings/route-model.ts";
import type { Ports, PromptWriter, Work } from "#server/ports.ts";
import { pickModel, refuseNone } from "./pick-model.ts";

type Deps = Pick<Ports, "safety" | "artworks" | "generator" | "learning" | "policy" | "now" | "rng">;

/** Works she has in mind when she looks for something new. */
const REMEMBERED = 40;

type LearnedOf = (dimension: Dimension) => Learned;

/** What of an order decides how she goes about it. */
export interface Wanted extends Pick<Order, "theme" | "asked" | "sketch" | "enhance" | "modelId"> {
  readonly template: FlagValue<"prompt-template">;
}

export interface Survey {
  readonly card: ModelCard;
  readonly works: readonly Work[];
  readonly situation: Situation;
  readonly among: Leaning | null;
  readonly routed: readonly Choice[];
}

/** Everything she knows before she decides. Throws UNAVAILABLE, NOT_FOUND, GENERATION_FAILED for a model. */
export async function survey(deps: Deps, artist: Artist, wanted: Wanted): Promise<Survey> {
  const learned = await whatIsLearned(deps, artist);
  const { card, lexicon, among, routed } = await chooseModel(deps, wanted, learned);
  const [works, rules] = await Promise.all([deps.artworks.recent(artist.id, REMEMBERED), deps.safety.read()]);
  const isWanted = wantedBeside(wanted.theme, rules);
  const { mood, curiosity, patience } = artist;
  const recent = works.map(({ prompt }) => hear(prompt, lexicon));
  const { vocabulary } = card;
  const situation = {
    mood,
    curiosity,
    patience,
    recent,
    vocabulary,
    lexicon,
    isWanted,
    template: wanted.template,
    mayAdd: wanted.enhance,
    learned,
  };
  return { card, works, situation, among, routed };
}

/** The prompt in a language model's words, or hers; and what is to be said of that, null where nobody was asked. */
export async function word(
  writer: PromptWriter | null,
  { works, situation }: Survey,
  { prompt, theme, signal }: { prompt: string; theme: string; signal: AbortSignal },
): Promise<{ prompt: string; note: string | null }> {
  if (!writer || !situation.mayAdd) return { prompt, note: null };
  const { mood, vocabulary, lexicon, isWanted } = situation;
  const brief = briefFor({ prompt, theme, mood, vocabulary, loved: lovedPhrases(works) });
  const { text, problem } = await writer.write(brief, signal);
  const answer =
    text === null ? { prompt: null, refused: problem } : accept(text, { prompt, theme, lexicon, isWanted });
  if (answer.prompt === null)
    return { prompt, note: `I asked ${writer.name} for better words, but ${answer.refused}. I keep my own.` };
  return { prompt: answer.prompt, note: `${writer.name} puts it as "${answer.prompt}". I take that.` };
}

/** Of every dimension, in the mood the artist is in. */
export async function whatIsLearned(
  { learning, policy, now }: Pick<Ports, "learning" | "policy" | "now">,
  { id, mood }: Artist,
): Promise<LearnedOf> {
  const all = await Promise.all(
    DIMENSIONS.map(
      async (dimension) =>
        [dimension, { ...(await learning.evidence(id, { dimension, mood }, now())), policy }] as const,
    ),
  );
  const byDimension = new Map(all);
  return (dimension) => byDimension.get(dimension)!;
}

interface Chosen {
  readonly card: ModelCard;
  readonly lexicon: Lexicon | null;
  /** How she leans to it, where there were others to choose from. */
  readonly among: Leaning | null;
  readonly routed: readonly Choice[];
}

/** Noise levels can be spaced only for samplers that go by them. */
const isSpaced = ({ scheduleType = "automatic", sampler }: Wanted["asked"], usual: Sampler): boolean =>
  scheduleType === "automatic" || SPACED_SAMPLERS.includes(sampler ?? usual);

async function chooseModel({ generator, rng }: Deps, order: Wanted, learned: LearnedOf): Promise<Chosen> {
  const { models } = await generator.health();
  refuseNone(models);
  const { asked, sketch } = order;
  const usable = models.filter(
    ({ state, samplers, defaults }) =>
      state !== "failed" &&
      (asked.sampler === undefined || samplers.includes(asked.sampler)) &&
      isSpaced(asked, defaults.sampler) &&
      ((sketch === null && typeof asked.underpainting !== "number") || defaults.underpainting !== null),
  );
  const isHers = order.enhance && asked.modelId === undefined && usable.length > 0;
  if (!isHers) {
    const card = pickModel(models, order.modelId);
    const by = asked.modelId === undefined ? "aria" : "person";
    const lexicon = await generator.lexicon(card.id);
    return { card, lexicon, among: null, routed: [{ dimension: "model", arm: card.id, by }] };
  }
  const lexicons = new Map(await Promise.all(usable.map(async ({ id }) => [id, await generator.lexicon(id)] as const)));
  const lexiconOf = (id: string) => lexicons.get(id) ?? null;
  const candidates = usable.map((card) => {
    const lexicon = lexiconOf(card.id);
    return { card, heard: hear(order.theme, lexicon), knowsAllWords: lexicon === null };
  });
  const { card } = route(candidates, learned("model"), rng);
  const leanings = leaningsOf("model", posteriorsOfModels(candidates, learned("model")), learned("model"));
  const among = leanings.length > 1 ? (leanings.find(({ arm }) => arm === card.id) ?? null) : null;
  return { card, lexicon: lexiconOf(card.id), among, routed: [{ dimension: "model", arm: card.id, by: "aria" }] };
}

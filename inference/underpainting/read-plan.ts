/** From a prompt to what is sketched: words that name a thing decide; where there are none, the text encoder's label heads do. */
import type { Plan } from "./compose-sketch.ts";

/** What the label heads say of a prompt: softmax over each kind's names. */
export type LabelProbabilities = Readonly<
  Record<"scene" | "palette" | "time", readonly { readonly name: string; readonly p: number }[]>
>;

/** Nouns nobody doubts, first match wins: a lighthouse in a storm is about the storm's sea. */
const SCENE_WORDS: readonly (readonly [scene: string, words: RegExp])[] = [
  ["waves", /\b(storm\w*|tempest|tsunami|waves?|surf|rough sea)\b/],
  ["aurora", /\b(aurora|northern lights|polar lights)\b/],
  ["galaxy", /\b(galax\w+|nebula|cosmos|universe|outer space|milky way)\b/],
  ["islands", /\b(islands?|archipelago)\b/],
  ["ocean", /\b(lighthouse|ocean|sea|coast|shore|beach|harbou?r|bay|ship|sailboat)\b/],
  ["lake", /\b(lake|pond|fjord|reflections?)\b/],
  ["city", /\b(city|skyline|skyscrapers?|town|street|rooftops|tokyo|paris|london|new york|buildings?)\b/],
  ["dunes", /\b(desert|dunes?|sahara)\b/],
  ["meadow", /\b(meadow|wildflowers|flower field|garden|tulips|poppies|field of \w+)\b/],
  ["bloom", /\b(flower|rose|lotus|dahlia|blossom|petals|sunflower|bouquet|still life)\b/],
  ["forest", /\b(forest|woods|woodland|pines?|firs?|jungle|grove)\b/],
  ["tree", /\b(tree|oak|baobab|willow)\b/],
  ["mountains", /\b(mountains?|peaks?|alps|volcano|cliffs?)\b/],
  ["hills", /\b(hills?|valley|countryside|farmland|tuscany|vineyard|balloons?)\b/],
  ["moon", /\b(moonlit|moonlight|lunar)\b/],
  ["flow", /\b(abstract|geometric|mandala|kaleidoscope|swirls?|bauhaus)\b/],
];
const TIME_WORDS: readonly (readonly [time: string, words: RegExp])[] = [
  ["night", /\b(night|midnight|stars|starry|moonlit|moonlight|nocturne)\b/],
  ["sunset", /\b(sunset|dusk|evening|golden hour|twilight)\b/],
  ["dawn", /\b(dawn|sunrise|early morning)\b/],
  ["fog", /\b(fog|foggy|mist|misty|haze|hazy)\b/],
  ["day", /\b(day|noon|midday|sunny|storm\w*)\b/],
];
const PALETTE_WORDS: readonly (readonly [palette: string, words: RegExp])[] = [
  ["mono", /\b(black and white|monochrome|grayscale|greyscale)\b/],
  ["redgold", /\breds? and golds?\b/],
  ["tealorange", /\bteal\b/],
  ["earth", /\bearth tones\b/],
  ["rainbow", /\brainbow\b/],
  ["emerald", /\bemerald\b/],
  ["lavender", /\b(lavender and violet|purple|violet)\b/],
  ["icy", /\b(icy|frosty)\b/],
  ["sepia", /\bsepia\b/],
  ["candy", /\b(candy|pink and mint)\b/],
  ["ember", /\b(dark and moody|embers)\b/],
  ["tropic", /\b(tropical|turquoise)\b/],
  ["midnight", /\b(midnight|indigo)\b/],
  ["sunset", /\bgolden sunset\b/],
  ["natural", /\bnatural colou?rs\b/],
  ["neon", /\b(neons?|cyberpunk|synthwave)\b/],
  ["autumn", /\b(autumn|fall colou?rs)\b/],
  ["serene", /\bserene\b/],
  ["melancholy", /\b(melanchol\w+|deep blues?)\b/],
];
/** Only where no colour is spoken of: "calm green tones" are green. */
const MOOD_WORDS: readonly (readonly [palette: string, words: RegExp])[] = [
  ["melancholy", /\b(storm\w*|sad|gloomy|rain\w*)\b/],
  ["serene", /\b(quiet|calm|peaceful|tranquil|gentle)\b/],
];
const SPEAKS_OF_COLOUR =
  /\b(red|crimson|orange|amber|yellow|gold|green|aqua|coral|blue|navy|pink|brown|ochre|gr[ae]y|silver|pale|dark|colou?rs?|tones?|hues?)\b/;
const EXTRA_WORDS: readonly (readonly [extra: string, words: RegExp])[] = [
  ["lighthouse", /\blighthouses?\b/],
  ["boat", /\b(boats?|sailboats?|ships?|sailing)\b/],
  ["birds", /\b(birds?|gulls?|seagulls?)\b/],
  ["sun", /\bsun\b/],
  ["moon", /\bmoon\b/],
  ["crescent", /\bcrescent\b/],
  ["clouds", /\b(clouds?|cloudy|storm\w*)\b/],
  ["snow", /\b(snow\w*)\b/],
  ["path", /\b(path|road|trail)\b/],
  ["reflect", /\b(reflect\w*|river)\b/],
  ["bloom", /\b(blossoms?|in bloom|blooming|cherry)\b/],
  ["pine", /\bpines?\b/],
  ["lines", /\b(lines|contours?)\b/],
];
/** Below these a head is guessing. Nearly every word leans to some time of day, few mean one. */
const SURE = { palette: 0.6, time: 0.97 };

const named = (prompt: string, table: readonly (readonly [string, RegExp])[]): string | null =>
  table.find(([, words]) => words.test(prompt))?.[0] ?? null;

const likeliest = (labels: LabelProbabilities, kind: keyof LabelProbabilities) =>
  labels[kind].reduce((best, label) => (label.p > best.p ? label : best), { name: "", p: 0 });

/** The same prompt gives the same plan, whatever the seed: a candidate painted again alone is the same picture. */
export function readPlan(prompt: string, labels: LabelProbabilities): Plan {
  const text = prompt.toLowerCase();
  const sure = (kind: keyof typeof SURE): string | null => {
    const { name, p } = likeliest(labels, kind);
    return p >= SURE[kind] ? name : null;
  };
  return {
    scene: named(text, SCENE_WORDS) ?? (likeliest(labels, "scene").name || "flow"),
    time: named(text, TIME_WORDS) ?? sure("time"),
    palette:
      named(text, PALETTE_WORDS) ?? (SPEAKS_OF_COLOUR.test(text) ? null : named(text, MOOD_WORDS)) ?? sure("palette"),
    extras: EXTRA_WORDS.filter(([, words]) => words.test(text)).map(([extra]) => extra),
  };
}

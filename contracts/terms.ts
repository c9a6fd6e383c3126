/** Limits, names and defaults that schemas and pages share. Without zod: a page that only names them need not fetch it. */
/** Every U-Net of the Stable Diffusion family halves its latents three times, and a latent is 8 px wide. */
export const SIZE_STEP_PX = 64;
export const MAX_SIZE_PX = 1024;
export const MAX_STEPS = 150;
export const MAX_COUNT = 8;
export const MAX_PROMPT_CHARACTERS = 2_000;

/** What is painted with when nobody asks for another. */
export const DEFAULT_MODEL = "aria";

/** As people, and other tools of the field, write them. */
export const SAMPLER_TITLES = {
  ddim: "DDIM",
  pndm: "PNDM",
  euler: "Euler",
  "euler-ancestral": "Euler a",
  "dpmpp-2m": "DPM++ 2M",
  "dpmpp-2m-sde": "DPM++ 2M SDE",
  unipc: "UniPC",
  lcm: "LCM",
  tcd: "TCD",
  "flow-euler": "Flow Euler",
} as const;
/** How the noise levels between the first and the last are spaced; "automatic" is as the model's own file says. */
export const SCHEDULE_TITLES = {
  automatic: "Model's own",
  karras: "Karras",
  exponential: "Exponential",
  beta: "Beta",
} as const;
/** Those that go by noise levels, and so can be told how these are spaced. */
export const SPACED_SAMPLERS: readonly (keyof typeof SAMPLER_TITLES)[] = [
  "euler",
  "dpmpp-2m",
  "dpmpp-2m-sde",
  "unipc",
  "flow-euler",
];

/** In the order they are told in. */
export const CRITERIA = [
  "agreement",
  "aesthetic",
  "taste",
  "composition",
  "sharpness",
  "contrast",
  "exposure",
  "clipping",
  "soundness",
] as const;

/** What varies from piece to piece of a series. */
export const SERIES_DIMENSIONS = ["light", "manner"] as const;

/** What a device may be told of. */
export const TOPICS = ["painted", "exhibition"] as const;

/** That a person may choose for a link. */
export const SHARE_DAYS = [1, 7, 30, 90, 365] as const;
export const DEFAULT_SHARE_DAYS = 30;

/** Of artworks that one call is about. */
export const MAX_MANY = 1_000;

/** Characters of a collection's name. */
export const MAX_NAME = 80;

/** Each may what those before it may. */
export const ROLES = ["visitor", "member", "admin"] as const;

/** What a program may do with a key: look; change as well; look after Aria as well. */
export const SCOPES = ["read", "write", "admin"] as const;

/** Of whoever signs in. NIST SP 800-63B asks for 8 at least where nothing else is asked for. */
export const PASSWORD_CHARACTERS = { min: 10, max: 128 } as const;

/** What an operator may let Aria paint after all. */
export const SWITCHABLE_CATEGORIES = ["sexual", "gore", "hate"] as const;
/** Entries of each of an operator's lists, and characters of one. */
export const MAX_LISTED = 500;
export const MAX_LISTED_CHARACTERS = 80;

/** Previews that one stream of OpenAI's images API shows. */
export const MAX_PARTIAL_IMAGES = 3;

/** Days that trends are shown over, today the last. */
export const TREND_SPANS = [7, 30, 90] as const;

/** A word is told of once so many orders have said it, of as many people or of all there are. A series counts as one order. */
export const LEAST_ORDERS_OF_A_WORD = 3;
/** Those that are read for it: the latest. */
export const ORDERS_READ_FOR_WORDS = 5_000;

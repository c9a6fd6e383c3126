/** What went wrong, said to a person: one sentence, with the limit or the next step in it. */
import type { AnyAriaError } from "./errors.ts";

const WHY = {
  nan_latents: "The model lost its numbers (NaN) three times over; try other settings.",
  blank_picture: "Three attempts came out blank; try another prompt or other settings.",
  out_of_memory: "The picture or its model is too large for this machine's memory.",
  model_unreadable: "The model's files are missing or damaged.",
  engine_died: "The painting engine died twice while painting this.",
  scorer_died: "The picture was painted, but looking at it failed three times over.",
  engine_fault: "The painting engine failed in a way nobody foresaw; its log has the details.",
} as const;

const AWAY = {
  inference: "The painting engine does not answer just now. Try again in a moment.",
  storage: "The data folder cannot be written to: is the disk full?",
  hub: "The Hugging Face Hub does not answer just now. Try again in a moment.",
} as const;

/** Only what crosses a wire is needed of an error: its code and its facts. */
export function sentenceFor({ code, facts }: Pick<AnyAriaError, "code" | "facts">): string {
  const error = { code, facts } as Pick<AnyAriaError, "code" | "facts"> & AnyAriaError;
  switch (error.code) {
    case "NOT_FOUND":
      return `There is no ${error.facts.kind} called ${error.facts.id}.`;
    case "INVALID":
      return `${error.facts.field}: ${error.facts.reason}.`;
    case "CONFLICT":
      return error.facts.reason;
    case "BUSY":
      return "Aria has her hands full. Try again in a few seconds.";
    case "UNAVAILABLE":
      return error.facts.reason ?? AWAY[error.facts.dependency];
    case "GENERATION_FAILED":
      return WHY[error.facts.reason];
    case "CANCELLED":
      return "This painting was cancelled.";
    case "UNAUTHENTICATED":
      return "Sign in first, or send a key that holds.";
    case "FORBIDDEN":
      return `This is not yours to do: it needs the right "${error.facts.needs}".`;
  }
}

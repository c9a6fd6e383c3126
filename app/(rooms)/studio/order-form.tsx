"use client";
import { type FormEvent, type KeyboardEvent, useRef, useState } from "react";
import { Button } from "#app/ui/button.tsx";
import { Choices } from "#app/ui/choices.tsx";
import { sentenceOf } from "#app/ui/sentence-of.ts";
import { MAX_PROMPT_CHARACTERS, type ModelCard } from "#contracts/generation.ts";
import { DEFAULT_MODEL, type PlaceOrderInput } from "#contracts/order.ts";
import { AdvancedSettings } from "./advanced-settings.tsx";
import { type Draft, EMPTY_DRAFT, type Problems, readDraft, SHAPES, sizeOf } from "./draft.ts";
import { Freedom } from "./freedom.tsx";
import { Heard } from "./heard.tsx";
import { OwnSketch } from "./own-sketch.tsx";
import { useSketch } from "./use-sketch.ts";
import { Vocabulary } from "./vocabulary.tsx";
import { Who } from "./who.tsx";

const THEMES = ["a lighthouse in a storm, oil painting", "a quiet lake at dawn, watercolor", "a city at night, neon"];
const COUNTS = [1, 2, 3, 4, 6, 8];
const NO_PROBLEMS: Problems = {};

interface Props {
  readonly models: readonly ModelCard[];
  readonly device: string | undefined;
  readonly isPlacing: boolean;
  readonly problem: unknown;
  readonly onPlace: (input: PlaceOrderInput) => void;
}

export function OrderForm({ models, device, isPlacing, problem, onPlace }: Props) {
  const [draft, setDraft] = useState<Draft>(EMPTY_DRAFT);
  const [problems, setProblems] = useState(NO_PROBLEMS);
  const { place, hasSketch, keepSketch, isSending, problem: unsent } = useSketch(onPlace);
  const form = useRef<HTMLFormElement>(null);
  const model = models.find(({ id }) => id === (draft.modelId || DEFAULT_MODEL)) ?? models[0];
  const canSketch = model !== undefined && model.defaults.underpainting !== null;
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));

  function submit(event: FormEvent): void {
    event.preventDefault();
    const read = readDraft(draft, model);
    setProblems(read.problems ?? NO_PROBLEMS);
    const hasFolded = Object.keys(read.problems ?? {}).some((field) => !["prompt", "edited"].includes(field));
    if (hasFolded) form.current?.querySelector("details[data-settings]")?.setAttribute("open", "");
    if (read.problems === null) place(read.input as PlaceOrderInput);
  }
  function paintOnCtrlEnter(event: KeyboardEvent): void {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.current?.requestSubmit();
  }
  return (
    <form ref={form} onSubmit={submit} onKeyDown={paintOnCtrlEnter} noValidate className="grid gap-5">
      <Who artistId={draft.artistId} onChange={(artistId) => change({ artistId })} />
      <div className="grid gap-2">
        <label htmlFor="prompt" className="font-serif text-xl">
          What shall she paint?
        </label>
        <textarea
          id="prompt"
          rows={3}
          maxLength={MAX_PROMPT_CHARACTERS}
          value={draft.prompt}
          onChange={({ target }) => change({ prompt: target.value })}
          aria-invalid={problems.prompt !== undefined}
          aria-describedby="prompt-problem"
          placeholder="A theme, a place, a mood, a manner; or nothing, and she decides"
          className="field resize-y"
        />
        <p id="prompt-problem" className="text-alarm text-sm empty:hidden" role="alert">
          {problems.prompt && `The theme ${problems.prompt}.`}
        </p>
        <Heard prompt={draft.prompt} modelId={model?.id} guesses={canSketch && draft.hasUnderpainting && !hasSketch} />
        {draft.prompt === "" && <Themes onChoose={(prompt) => change({ prompt })} />}
        <Vocabulary words={model?.vocabulary ?? {}} prompt={draft.prompt} onChange={(prompt) => change({ prompt })} />
      </div>
      <Freedom draft={draft} problem={problems.edited} onChange={change} />
      <Choices
        legend="Size"
        value={draft.shape}
        options={SHAPES.map((shape) => {
          const { widthPx, heightPx } = sizeOf(shape, model);
          return { value: shape, title: shape, detail: `${widthPx} × ${heightPx}` };
        })}
        onChange={(shape) => change({ shape })}
      />
      {canSketch && (
        <details className="rounded-lg border border-line" hidden={!draft.hasUnderpainting}>
          <summary className="flex min-h-11 items-center justify-between px-3 text-muted text-sm hover:text-ink">
            Your own sketch {hasSketch && <span className="text-accent text-xs">she will paint over it</span>}
          </summary>
          <OwnSketch {...sizeOf(draft.shape, model)} onChange={keepSketch} />
        </details>
      )}
      <Choices
        legend="Candidates"
        value={draft.count}
        options={COUNTS.map((count) => ({ value: count, title: String(count) }))}
        onChange={(count) => change({ count })}
      />
      <AdvancedSettings
        draft={draft}
        models={models}
        device={device}
        model={model}
        problems={problems}
        onChange={change}
      />
      <Button type="submit" look="primary" disabled={isPlacing || isSending} title="Ctrl + Enter">
        {isPlacing ? "Asking her" : draft.prompt.trim() === "" ? "Let her decide" : "Paint"}
      </Button>
      {Boolean(unsent ?? problem) && (
        <p role="alert" className="text-alarm text-sm">
          {unsent ?? sentenceOf(problem)}
        </p>
      )}
    </form>
  );
}

const Themes = ({ onChoose }: { onChoose: (theme: string) => void }) => (
  <ul aria-label="Themes to begin with" className="flex flex-wrap gap-2">
    {THEMES.map((theme) => (
      <li key={theme}>
        <button
          type="button"
          onClick={() => onChoose(theme)}
          className="min-h-9 rounded-full border border-line px-3 text-left text-muted text-xs hover:border-muted hover:text-ink"
        >
          {theme}
        </button>
      </li>
    ))}
  </ul>
);

"use client";
import { useMutation } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useSearchParams } from "next/navigation";
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#app/ui/button.tsx";
import { Choices } from "#app/ui/choices.tsx";
import { Folded } from "#app/ui/folded.tsx";
import { LineIcon } from "#app/ui/line-icon.tsx";
import { useTell } from "#app/ui/toaster.tsx";
import { useSentenceOf } from "#app/ui/use-sentence-of.ts";
import type { ModelCard } from "#contracts/generation.ts";
import { MOODS } from "#contracts/mood-natures.ts";
import type { PlaceOrderInput } from "#contracts/order.ts";
import { DEFAULT_MODEL, MAX_PROMPT_CHARACTERS } from "#contracts/terms.ts";
import { AdvancedSettings } from "./advanced-settings.tsx";
import { type Draft, EMPTY_DRAFT, SHAPES, sizeOf } from "./draft.ts";
import { Freedom } from "./freedom.tsx";
import { Heard } from "./heard.tsx";
import type { Problems } from "./read-draft.ts";
import { Themes } from "./themes.tsx";
import { useSketch } from "./use-sketch.ts";
import { Vocabulary } from "./vocabulary.tsx";
import { Who } from "./who.tsx";

/** Folded away, so its code can wait. */
const OwnSketch = dynamic(() => import("./own-sketch.tsx").then((sketch) => sketch.OwnSketch), { ssr: false });

/** Fetched while somebody fills in the form. */
const fetchReader = async () => (await import("./read-draft.ts")).readDraft;

const COUNTS = [1, 2, 3, 4, 6, 8];
const NO_PROBLEMS: Problems = {};

interface Props {
  readonly draft: Draft;
  readonly onDraft: (change: (before: Draft) => Draft) => void;
  readonly models: readonly ModelCard[];
  readonly device: string | undefined;
  readonly isPlacing: boolean;
  readonly problem: unknown;
  readonly onPlace: (input: PlaceOrderInput) => void;
}

export function OrderForm({ draft, onDraft, models, device, isPlacing, problem, onPlace }: Props) {
  const t = useTranslations("studio");
  const [problems, setProblems] = useState(NO_PROBLEMS);
  const { place, hasSketch, keepSketch, isSending, problem: unsent } = useSketch(onPlace);
  useShared(onDraft, keepSketch);
  const form = useRef<HTMLFormElement>(null);
  const model = models.find(({ id }) => id === (draft.modelId || DEFAULT_MODEL)) ?? models[0];
  const canSketch = model !== undefined && model.defaults.underpainting !== null;
  const change = (part: Partial<Draft>) => onDraft((before) => ({ ...before, ...part }));

  const order = useMutation({
    mutationFn: async (from: Draft) => (await fetchReader())(from, model),
    onSuccess: (read) => {
      setProblems(read.problems ?? NO_PROBLEMS);
      const hasFolded = Object.keys(read.problems ?? {}).some((field) => !["prompt", "edited"].includes(field));
      if (hasFolded) form.current?.querySelector("details[data-settings]")?.setAttribute("open", "");
      if (read.problems === null) place(read.input as PlaceOrderInput);
    },
  });
  const isBusy = order.isPending || isPlacing || isSending;
  function submit(event: FormEvent): void {
    event.preventDefault();
    // Ctrl + Enter asks no button whether it may.
    if (!isBusy) order.mutate(draft);
  }
  function paintOnCtrlEnter(event: KeyboardEvent): void {
    if (event.key === "Enter" && !event.repeat && (event.ctrlKey || event.metaKey)) form.current?.requestSubmit();
  }
  return (
    <form
      ref={form}
      onSubmit={submit}
      onKeyDown={paintOnCtrlEnter}
      onFocus={() => void fetchReader().catch(() => {})}
      noValidate
      className="grid gap-5"
    >
      <Who artistId={draft.artistId} onChange={(artistId) => change({ artistId })} />
      <ThemeBox
        prompt={draft.prompt}
        model={model}
        problem={problems.prompt}
        guesses={canSketch && draft.hasUnderpainting && !hasSketch}
        onChange={(prompt) => change({ prompt })}
      />
      <Freedom draft={draft} problem={problems.edited} onChange={change} />
      <MoodChoice value={draft.mood} onChange={(mood) => change({ mood })} />
      <Choices
        legend={t("size")}
        value={draft.shape}
        options={SHAPES.map((shape) => {
          const { widthPx, heightPx } = sizeOf(shape, model);
          return { value: shape, title: t(`shapes.${shape}`), detail: `${widthPx} × ${heightPx}` };
        })}
        onChange={(shape) => change({ shape })}
      />
      {model === undefined && <Place />}
      {canSketch && (
        <Folded title={t("sketch")} beside={hasSketch && t("sketchUsed")} hidden={!draft.hasUnderpainting}>
          <OwnSketch {...sizeOf(draft.shape, model)} onChange={keepSketch} />
        </Folded>
      )}
      <Choices
        legend={t("candidates")}
        value={draft.count}
        options={COUNTS.map((count) => ({ value: count, title: String(count) }))}
        onChange={(count) => change({ count })}
      />
      <AdvancedSettings {...{ draft, models, device, model, problems }} onChange={change} />
      <div className="sticky bottom-16 z-10 flex gap-2 bg-wall py-2 sm:static sm:bg-transparent sm:py-0">
        <Button type="submit" look="primary" disabled={isBusy} title="Ctrl + Enter" className="flex-1">
          {t(isBusy ? "asking" : draft.prompt.trim() === "" ? "letHer" : "paint")}
        </Button>
        <Button
          onClick={() => order.mutate({ ...draft, prompt: "", edited: null })}
          disabled={isBusy}
          title={t("surpriseNote")}
        >
          <LineIcon name="surprise" /> {t("surprise")}
        </Button>
      </div>
      <Refusal sentence={unsent} error={order.error ?? problem} />
    </form>
  );
}

/** Why nothing is painted: in words that are there already, or of what failed. */
function Refusal({ sentence, error }: { sentence: string | null; error: unknown }) {
  const sentenceOf = useSentenceOf();
  if (!sentence && !error) return null;
  return (
    <p role="alert" className="text-alarm text-sm">
      {sentence ?? sentenceOf(error)}
    </p>
  );
}

interface ThemeBoxProps {
  readonly prompt: string;
  readonly model: ModelCard | undefined;
  readonly problem: string | undefined;
  /** Whether she paints over a sketch that she makes of what she hears. */
  readonly guesses: boolean;
  readonly onChange: (prompt: string) => void;
}

function ThemeBox({ prompt, model, problem, guesses, onChange }: ThemeBoxProps) {
  const t = useTranslations("studio");
  return (
    <div className="grid gap-2">
      <label htmlFor="prompt" className="font-serif text-xl">
        {t("what")}
      </label>
      <textarea
        id="prompt"
        rows={3}
        maxLength={MAX_PROMPT_CHARACTERS}
        value={prompt}
        onChange={({ target }) => onChange(target.value)}
        aria-invalid={problem !== undefined}
        aria-describedby="prompt-problem"
        placeholder={t("whatHint")}
        className="field resize-y"
      />
      <p id="prompt-problem" className="text-alarm text-sm empty:hidden" role="alert">
        {problem && t("problem", { problem })}
      </p>
      <Heard prompt={prompt} modelId={model?.id} guesses={guesses} />
      {prompt === "" && <Themes onChoose={onChange} />}
      {model === undefined && <Place />}
      <Vocabulary words={model?.vocabulary ?? {}} prompt={prompt} onChange={onChange} />
    </div>
  );
}

/** Stands where something folded will, so that nothing moves when it comes. */
const Place = () => <div aria-hidden className="min-h-11.5 rounded-lg border border-line" />;

/** The mood it is painted in: hers, unless a person wants another. */
function MoodChoice({ value, onChange }: { value: Draft["mood"]; onChange: (mood: Draft["mood"]) => void }) {
  const t = useTranslations("studio");
  const named = useTranslations("moods");
  return (
    <label className="grid grid-cols-[auto_1fr] items-center gap-4 text-muted text-sm">
      {t("mood")}
      <select value={value} onChange={({ target }) => onChange(target.value as Draft["mood"])} className="field">
        <option value="">{t("herMood")}</option>
        {MOODS.map((mood) => (
          <option key={mood} value={mood}>
            {named(mood)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** What another app has shared with Aria stands in the address. */
function useShared(onDraft: Props["onDraft"], keepSketch: (sketch: () => Promise<Blob>) => void): void {
  const t = useTranslations("studio.sketching");
  const tell = useTell();
  const params = useSearchParams();
  const [theme, sketch] = [params.get("theme"), params.get("sketch")];
  const keep = useRef(keepSketch);
  keep.current = keepSketch;
  useEffect(() => {
    if (theme) onDraft(() => ({ ...EMPTY_DRAFT, prompt: theme }));
    if (sketch && /^[0-9a-f]{64}$/.test(sketch))
      keep.current(async () => {
        const reply = await fetch(`/images/${sketch}`);
        if (!reply.ok) throw new Error(t("unreadable"));
        return reply.blob();
      });
    if (params.get("refused") === "picture") tell(t("unreadable"));
  }, [theme, sketch, onDraft, params, t, tell]);
}

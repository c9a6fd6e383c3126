import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Folded } from "#app/ui/folded.tsx";
import { Tick } from "#app/ui/tick.tsx";
import type { ModelCard, ScheduleType } from "#contracts/generation.ts";
import { MAX_STEPS, SAMPLER_TITLES, SCHEDULE_TITLES, SPACED_SAMPLERS } from "#contracts/terms.ts";
import type { Draft } from "./draft.ts";
import type { Problems } from "./read-draft.ts";

const SCHEDULES = Object.keys(SCHEDULE_TITLES) as ScheduleType[];

interface Props {
  readonly draft: Draft;
  readonly models: readonly ModelCard[];
  /** What it runs on, and why not on something faster. */
  readonly device: string | undefined;
  /** The chosen one, whose defaults show where nothing is typed. */
  readonly model: ModelCard | undefined;
  readonly problems: Problems;
  readonly onChange: (part: Partial<Draft>) => void;
}

export function AdvancedSettings({ draft, models, device, model, problems, onChange }: Props) {
  const t = useTranslations("studio.advanced");
  const defaults = model?.defaults;
  const sampler = model?.samplers.find((known) => known === draft.sampler) ?? defaults?.sampler;
  const isSpaced = sampler !== undefined && SPACED_SAMPLERS.includes(sampler);
  const text = (field: "steps" | "guidance" | "guidanceStop" | "seed" | "underpainting", placeholder: string) => (
    <input
      inputMode="decimal"
      value={draft[field]}
      onChange={({ target }) => onChange({ [field]: target.value })}
      placeholder={placeholder}
      aria-invalid={problems[field] !== undefined}
      className="field tabular-nums"
    />
  );
  return (
    <Folded data-settings title={t("title")}>
      <div className="grid grid-cols-2 gap-4 p-3">
        <Labelled title={t("model")} problem={problems.modelId} wide>
          <select
            value={model?.id}
            onChange={({ target }) => onChange({ modelId: target.value, sampler: "", scheduleType: "" })}
            className="field"
          >
            {models.map(({ id, title, state }) => (
              <option key={id} value={id} disabled={state === "failed"}>
                {title}
              </option>
            ))}
          </select>
          {device && <span className="text-xs">{t("runsOn", { device })}</span>}
        </Labelled>
        <Labelled title={t("sampler")} problem={problems.sampler}>
          <select
            value={sampler}
            onChange={({ target }) => onChange({ sampler: target.value, scheduleType: "" })}
            className="field"
          >
            {model?.samplers.map((known) => (
              <option key={known} value={known}>
                {SAMPLER_TITLES[known]}
              </option>
            ))}
          </select>
        </Labelled>
        <Labelled title={t("noise")} problem={problems.scheduleType}>
          <select
            value={draft.scheduleType || "automatic"}
            disabled={!isSpaced}
            onChange={({ target }) => onChange({ scheduleType: target.value })}
            className="field"
          >
            {SCHEDULES.map((type) => (
              <option key={type} value={type}>
                {type === "automatic" ? t("modelsOwn") : SCHEDULE_TITLES[type]}
              </option>
            ))}
          </select>
        </Labelled>
        <Labelled title={t("steps", { max: MAX_STEPS })} problem={problems.steps}>
          {text("steps", String(defaults?.steps ?? ""))}
        </Labelled>
        <Labelled title={t("guidance")} problem={problems.guidance}>
          {text("guidance", String(defaults?.guidance ?? ""))}
        </Labelled>
        <Labelled title={t("guidanceStop")} problem={problems.guidanceStop}>
          {text("guidanceStop", String(defaults?.guidanceStop ?? ""))}
        </Labelled>
        <Labelled title={t("seed")} problem={problems.seed}>
          {text("seed", t("seedHint"))}
        </Labelled>
        <Labelled title={t("negative")} problem={problems.negativePrompt} wide>
          <input
            value={draft.negativePrompt}
            onChange={({ target }) => onChange({ negativePrompt: target.value })}
            className="field"
          />
        </Labelled>
        <div className="col-span-2">
          <Tick isOn={draft.hasUnderpainting} onChange={(hasUnderpainting) => onChange({ hasUnderpainting })}>
            {t("underpainting")}
          </Tick>
        </div>
        {draft.hasUnderpainting && (
          <Labelled title={t("strength")} problem={problems.underpainting} wide>
            {text("underpainting", String(defaults?.underpainting ?? t("strengthHint")))}
          </Labelled>
        )}
      </div>
    </Folded>
  );
}

interface LabelledProps {
  readonly title: string;
  readonly problem: string | undefined;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

const Labelled = ({ title, problem, wide = false, children }: LabelledProps) => (
  // biome-ignore lint/a11y/noLabelWithoutControl: the control is its child
  <label className={`grid content-start gap-1.5 text-muted text-sm ${wide ? "col-span-2" : ""}`}>
    {title}
    {children}
    {problem && (
      <span role="alert" className="text-alarm">
        {problem}
      </span>
    )}
  </label>
);

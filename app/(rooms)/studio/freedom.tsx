import { useTranslations } from "use-intl";
import { Tick } from "#app/ui/tick.tsx";
import type { Draft } from "./draft.ts";
import { Proposal } from "./proposal.tsx";

interface Props {
  readonly draft: Draft;
  /** What is wrong with the prompt as it was edited. */
  readonly problem: string | undefined;
  readonly onChange: (part: Partial<Draft>) => void;
}

/** How much is left to her: all, what she proposes and a person edits, or nothing. */
export function Freedom({ draft, problem, onChange }: Props) {
  const t = useTranslations("studio");
  return (
    <>
      {draft.enhance && draft.prompt.trim() !== "" && (
        <Proposal
          key={draft.prompt}
          theme={draft.prompt}
          modelId={draft.modelId || undefined}
          artistId={draft.artistId}
          edited={draft.edited?.theme === draft.prompt ? draft.edited : null}
          problem={problem}
          onChange={(edited) => onChange({ edited: edited && { theme: draft.prompt, ...edited } })}
        />
      )}
      <Tick
        isOn={draft.enhance || draft.prompt.trim() === ""}
        disabled={draft.prompt.trim() === ""}
        onChange={(enhance) => onChange({ enhance })}
      >
        {t("mayAdd")} <span className="text-muted">{t("mayAddWhat")}</span>
      </Tick>
    </>
  );
}

"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import { Button } from "#app/ui/button.tsx";
import { idIn } from "#app/ui/ids.ts";
import { Problem } from "#app/ui/problem.tsx";
import type { ArtistId } from "#contracts/mind.ts";
import { MAX_PROMPT_CHARACTERS } from "#contracts/terms.ts";

interface Edited {
  readonly text: string;
  readonly modelId: string;
}

interface Props {
  readonly theme: string;
  readonly modelId: string | undefined;
  /** Empty: the first there is. */
  readonly artistId: string;
  /** As it will be painted, and by which model; null where it is left to her. */
  readonly edited: Edited | null;
  readonly problem: string | undefined;
  readonly onChange: (edited: Edited | null) => void;
}

/** What she would make of the theme, to be changed before she paints it. */
export function Proposal({ theme, modelId, artistId, edited, problem, onChange }: Props) {
  const t = useTranslations("studio.proposal");
  const trpc = useTRPC();
  const { mutate, data, isPending, error } = useMutation(
    trpc.mind.propose.mutationOptions({
      onSuccess: ({ prompt: text, modelId: by }) => onChange({ text, modelId: by }),
    }),
  );
  const ask = () => mutate({ theme, modelId, artistId: idIn<ArtistId>(artistId) ?? undefined });
  if (edited === null) {
    return (
      <div className="grid gap-2">
        <Button disabled={isPending} onClick={ask}>
          {t(isPending ? "thinks" : "ask")}
        </Button>
        <Problem error={error} />
      </div>
    );
  }
  return (
    <div className="grid gap-2 rounded-lg border border-line p-3">
      <p className="text-sm">
        <Difference before={theme} after={edited.text} />
      </p>
      <label htmlFor="edited" className="text-muted text-xs">
        {t("verbatim")}
      </label>
      <textarea
        id="edited"
        rows={3}
        maxLength={MAX_PROMPT_CHARACTERS}
        value={edited.text}
        aria-invalid={problem !== undefined}
        aria-describedby="edited-problem"
        onChange={({ target }) => onChange({ ...edited, text: target.value })}
        className="field resize-y text-sm"
      />
      <p id="edited-problem" role="alert" className="text-alarm text-sm empty:hidden">
        {problem && t("problem", { problem })}
      </p>
      {data?.note && <p className="text-muted text-xs">{data.note}</p>}
      <div className="flex flex-wrap gap-2">
        <Button disabled={isPending} onClick={ask}>
          {t("else")}
        </Button>
        <Button onClick={() => onChange(null)}>{t("leave")}</Button>
      </div>
      <Problem error={error} />
    </div>
  );
}

/** What was said, what was added to it, and what is missing of it. */
function Difference({ before, after }: { before: string; after: string }) {
  const at = after.toLowerCase().indexOf(before.toLowerCase());
  if (at === -1)
    return (
      <>
        <del className="text-muted">{before}</del> <ins className="text-accent no-underline">{after}</ins>
      </>
    );
  return (
    <>
      <ins className="text-accent no-underline">{after.slice(0, at)}</ins>
      {after.slice(at, at + before.length)}
      <ins className="text-accent no-underline">{after.slice(at + before.length)}</ins>
    </>
  );
}

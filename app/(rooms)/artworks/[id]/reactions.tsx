"use client";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { isKeptForLater } from "#app/pwa/outbox-link.ts";
import { useTRPC } from "#app/trpc.ts";
import { LineIcon } from "#app/ui/line-icon.tsx";
import { Problem } from "#app/ui/problem.tsx";
import { useTell } from "#app/ui/toaster.tsx";
import type { Artwork } from "#contracts/artwork.ts";
import type { FeedbackAction } from "#contracts/mind.ts";

const OFFERED = ["love", "like", "skip"] as const satisfies readonly FeedbackAction[];

/** What is thought of an artwork. She learns by it at once; pressed again, it is taken back. */
export function Reactions({ artwork }: { artwork: Artwork }) {
  const trpc = useTRPC();
  const router = useRouter();
  const [given, setGiven] = useState<readonly FeedbackAction[]>(artwork.feedback);
  const t = useTranslations("pwa");
  const said = useTranslations("artwork.reactions");
  const tell = useTell();
  const settle = {
    onError: (error: unknown, { action }: { action: FeedbackAction }) => {
      if (!isKeptForLater(error)) return;
      setGiven((before) =>
        before.includes(action) ? before.filter((other) => other !== action) : [...before, action],
      );
      tell(t("feedbackKept"));
    },
    onSuccess: (feedback: readonly FeedbackAction[]) => {
      setGiven(feedback);
      // Next keeps pages it has rendered: coming back to this one must not show it as it was.
      router.refresh();
    },
  };
  const react = useMutation(trpc.mind.react.mutationOptions(settle));
  const takeBack = useMutation(trpc.mind.takeBack.mutationOptions(settle));
  const problem = react.error ?? takeBack.error;
  const isBusy = react.isPending || takeBack.isPending;
  return (
    <div className="grid gap-2">
      <fieldset className="flex flex-wrap gap-2">
        <legend className="sr-only">{said("question")}</legend>
        {OFFERED.map((action) => {
          const isGiven = given.includes(action);
          return (
            <button
              key={action}
              type="button"
              aria-pressed={isGiven}
              disabled={isBusy}
              onClick={() => (isGiven ? takeBack : react).mutate({ artworkId: artwork.id, action })}
              className="inline-flex min-h-11 items-center gap-2 rounded-full border border-line px-4 text-sm hover:border-muted disabled:opacity-60 aria-pressed:border-accent aria-pressed:text-accent"
            >
              <LineIcon name={action} /> {said(action)}
            </button>
          );
        })}
      </fieldset>
      <Problem error={isKeptForLater(problem) ? null : problem} />
    </div>
  );
}

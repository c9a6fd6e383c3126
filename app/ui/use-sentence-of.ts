"use client";
import { TRPCClientError } from "@trpc/client";
import { useCallback } from "react";
import { useTranslations } from "use-intl";
import { isKeptForLater } from "#app/pwa/outbox-link.ts";
import type { AnyAriaError } from "#contracts/errors.ts";
import type { AppRouter } from "#server/transport/trpc/app-router.ts";

type Translate = ReturnType<typeof useTranslations<"errors">>;

/** Only what crosses a wire is needed of an error: its code and its facts. */
function told(t: Translate, { code, facts }: Pick<AnyAriaError, "code" | "facts">): string {
  const error = { code, facts } as AnyAriaError;
  switch (error.code) {
    case "NOT_FOUND":
      return t("notFound", { kind: error.facts.kind, id: error.facts.id });
    case "INVALID":
      if (error.facts.refused) return t(`refused.${error.facts.refused}`);
      return `${error.facts.field}: ${error.facts.reason}.`;
    case "CONFLICT":
      return error.facts.reason;
    case "BUSY":
      return t("busy");
    case "UNAVAILABLE":
      return error.facts.reason ?? t(`away.${error.facts.dependency}`);
    case "GENERATION_FAILED":
      return t(`why.${error.facts.reason}`);
    case "CANCELLED":
      return t("cancelled");
    case "UNAUTHENTICATED":
      return t("unauthenticated");
    case "FORBIDDEN":
      return t("forbidden");
  }
}

/** What went wrong with a call, said to a person. */
export function useSentenceOf(): (error: unknown) => string {
  const t = useTranslations("errors");
  return useCallback(
    (error) => {
      if (isKeptForLater(error)) return t("kept");
      const data = error instanceof TRPCClientError ? (error as TRPCClientError<AppRouter>).data : null;
      if (data?.aria) return told(t, data.aria);
      // Answered, but not by a failure that was foreseen.
      return t(data ? "unforeseen" : "unreachable");
    },
    [t],
  );
}

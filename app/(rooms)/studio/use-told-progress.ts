import { useTranslations } from "use-intl";
import type { OrderProgress } from "#contracts/generation-events.ts";
import type { OrderState } from "#contracts/order.ts";

/** How much of all candidates is painted, 0..1. */
export const shareOf = (progress: OrderProgress | null): number =>
  progress ? (progress.candidate + progress.step / (progress.of + 1)) / progress.candidates : 0;

/** How far an order has come, in words. */
export function useToldProgress() {
  const t = useTranslations("studio.easelSays");
  return ({ state }: { readonly state: OrderState }, progress: OrderProgress | null): string => {
    if (state === "waiting" || progress?.state === "queued") return t("queued");
    if (progress?.state !== "painting") return t("beginning");
    const { candidate, candidates, step, of, remainingMs } = progress;
    const doing = step === 0 ? t("sketching") : t("step", { step, of });
    const left = remainingMs === null ? "" : t("left", { seconds: Math.max(1, Math.ceil(remainingMs / 1000)) });
    return t("candidate", { number: candidate + 1, count: candidates }) + doing + left;
  };
}

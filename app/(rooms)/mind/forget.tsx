import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import { Button } from "#app/ui/button.tsx";
import { Problem } from "#app/ui/problem.tsx";
import type { ArtistId } from "#contracts/mind.ts";

/** Asked twice: it cannot be undone. */
export function Forget({ artistId }: { artistId: ArtistId }) {
  const t = useTranslations("mind.leanings");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [isSure, setSure] = useState(false);
  const { mutate, isPending, error } = useMutation(
    trpc.mind.forget.mutationOptions({
      onSettled: () => setSure(false),
      onSuccess: async () => {
        await queryClient.invalidateQueries({ queryKey: trpc.mind.read.queryKey() });
        await queryClient.invalidateQueries({ queryKey: trpc.admin.learned.queryKey() });
      },
    }),
  );
  return (
    <div className="grid justify-items-end gap-1">
      <div className="flex gap-2">
        {isSure && <Button onClick={() => setSure(false)}>{t("keep")}</Button>}
        <Button disabled={isPending} onClick={() => (isSure ? mutate(artistId) : setSure(true))}>
          {isSure ? t("forgetForGood") : t("forget")}
        </Button>
      </div>
      <Problem error={error} />
    </div>
  );
}

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import { Button } from "#app/ui/button.tsx";
import { Problem } from "#app/ui/problem.tsx";
import { useTell } from "#app/ui/toaster.tsx";
import type { Artist } from "#contracts/mind.ts";

interface Props {
  readonly artist: Pick<Artist, "id" | "name">;
  /** An admin's way: the artist may be another's. */
  readonly isAnybodys?: boolean;
}

/** Asked twice: it cannot be undone. */
export function Forget({ artist: { id, name }, isAnybodys = false }: Props) {
  const t = useTranslations("mind.leanings");
  const trpc = useTRPC();
  const tell = useTell();
  const queryClient = useQueryClient();
  const [isSure, setSure] = useState(false);
  const { forget } = isAnybodys ? trpc.admin : trpc.mind;
  const { mutate, isPending, error } = useMutation(
    forget.mutationOptions({
      onSettled: () => setSure(false),
      onSuccess: async () => {
        tell(t("forgotten", { name }));
        await queryClient.invalidateQueries({ queryKey: trpc.mind.read.queryKey() });
        await queryClient.invalidateQueries({ queryKey: trpc.admin.learned.queryKey() });
      },
    }),
  );
  return (
    <div className="grid justify-items-end gap-1">
      <div className="flex gap-2">
        {isSure && <Button onClick={() => setSure(false)}>{t("keep")}</Button>}
        <Button disabled={isPending} onClick={() => (isSure ? mutate(id) : setSure(true))}>
          {isSure ? t("forgetForGood") : t("forget")}
        </Button>
      </div>
      <Problem error={error} />
    </div>
  );
}

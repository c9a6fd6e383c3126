import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import { Button } from "#app/ui/button.tsx";
import { Choices } from "#app/ui/choices.tsx";
import { Problem } from "#app/ui/problem.tsx";
import { useTell } from "#app/ui/toaster.tsx";
import { FLAGS, variantsOf } from "#contracts/flag-names.ts";
import type { FlagCard, FlagSettings } from "#contracts/flags.ts";
import { FlagRules } from "./flag-rules.tsx";

const WHOLE = 100;

/** On or off, who is given what, and how many are. What is usual takes what the others leave. */
export function FlagForm({ flag: { name, settings } }: { flag: FlagCard }) {
  const t = useTranslations("flags");
  const trpc = useTRPC();
  const tell = useTell();
  const queryClient = useQueryClient();
  const [wanted, setWanted] = useState<FlagSettings>(settings);
  const write = useMutation(
    trpc.flag.write.mutationOptions({
      onSuccess: () => tell(t("saved")),
      onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.flag.pathKey() }),
    }),
  );
  const variants = variantsOf(name);
  const { usual } = FLAGS[name];
  const others = variants.filter((variant) => variant !== usual);
  const shareOf = (variant: string) => wanted.shares[variant] ?? 0;
  const set = (variant: string, share: number) => {
    const shares = { ...wanted.shares, [variant]: share };
    const left = WHOLE - others.reduce((sum, other) => sum + (shares[other] ?? 0), 0);
    if (left >= 0) setWanted({ ...wanted, shares: { ...shares, [usual]: left } });
  };
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        write.mutate({ id: name, ...wanted });
      }}
    >
      <Choices
        legend={t("state")}
        value={wanted.isOn ? "on" : "off"}
        options={(["off", "on"] as const).map((value) => ({ value, title: t(`states.${value}`) }))}
        onChange={(value) => setWanted({ ...wanted, isOn: value === "on" })}
      />
      {wanted.isOn && (
        <>
          {others.map((variant) => (
            <label key={variant} className="grid gap-1.5 text-sm">
              <span className="flex justify-between gap-4">
                <span className="text-muted">{t("share", { variant: t(`variants.${variant as "on"}`) })}</span>
                <span className="tabular-nums">{shareOf(variant)} %</span>
              </span>
              <input
                type="range"
                min={0}
                max={WHOLE}
                value={shareOf(variant)}
                onChange={({ target }) => set(variant, Number(target.value))}
                className="h-11 w-full accent-(--accent)"
              />
            </label>
          ))}
          <p className="flex justify-between gap-4 text-sm">
            <span className="text-muted">{t("rest", { variant: t(`variants.${usual}`) })}</span>
            <span className="tabular-nums">{shareOf(usual)} %</span>
          </p>
          <FlagRules variants={variants} rules={wanted.rules} onChange={(rules) => setWanted({ ...wanted, rules })} />
        </>
      )}
      <Problem error={write.error} />
      <div>
        <Button type="submit" look="primary" disabled={write.isPending}>
          {t("save")}
        </Button>
      </div>
    </form>
  );
}

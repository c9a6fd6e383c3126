"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import { Button } from "#app/ui/button.tsx";
import { Choices } from "#app/ui/choices.tsx";
import { Folded } from "#app/ui/folded.tsx";
import { newId } from "#app/ui/ids.ts";
import { Problem } from "#app/ui/problem.tsx";
import { retryLost } from "#app/ui/retry-lost.ts";
import type { ArtistId } from "#contracts/mind.ts";

/** Another artist beside her, with moods, memory and taste of its own. */
export function NewArtist() {
  const t = useTranslations("mind.newArtist");
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const [name, setName] = useState("");
  const [curiosity, setCuriosity] = useState(0.5);
  const [patience, setPatience] = useState(0.5);
  const { mutate, isPending, error } = useMutation(
    trpc.mind.create.mutationOptions({
      retry: retryLost,
      onSuccess: ({ id }) => {
        void queryClient.invalidateQueries({ queryKey: trpc.mind.artists.queryKey() });
        router.push(`/mind?artist=${id}`);
      },
    }),
  );
  const shares = [
    { value: 0.15, title: t("shares.little") },
    { value: 0.5, title: t("shares.some") },
    { value: 0.85, title: t("shares.much") },
  ];
  function submit(event: FormEvent): void {
    event.preventDefault();
    mutate({ id: newId<ArtistId>(), name, curiosity, patience });
  }
  return (
    <Folded title={t("title")}>
      <form onSubmit={submit} className="grid max-w-md gap-4 p-3">
        <p className="text-muted text-sm">{t("note")}</p>
        <label htmlFor="artist-name" className="text-sm">
          {t("name")}
        </label>
        <input
          id="artist-name"
          required
          maxLength={40}
          value={name}
          onChange={({ target }) => setName(target.value)}
          className="field"
        />
        <Choices legend={t("curiosity")} value={curiosity} options={shares} onChange={setCuriosity} />
        <Choices legend={t("patience")} value={patience} options={shares} onChange={setPatience} />
        <Button type="submit" disabled={isPending || name.trim() === ""}>
          {t("create")}
        </Button>
        <Problem error={error} />
      </form>
    </Folded>
  );
}

"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { useTRPC } from "#app/trpc.ts";
import { Button } from "#app/ui/button.tsx";
import { Choices } from "#app/ui/choices.tsx";
import { Problem } from "#app/ui/problem.tsx";
import { ArtistId } from "#contracts/mind.ts";

const SHARES = [
  { value: 0.15, title: "little" },
  { value: 0.5, title: "some" },
  { value: 0.85, title: "much" },
];

/** Another artist beside her, with moods, memory and taste of its own. */
export function NewArtist() {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const [name, setName] = useState("");
  const [curiosity, setCuriosity] = useState(0.5);
  const [patience, setPatience] = useState(0.5);
  const { mutate, isPending, error } = useMutation(
    trpc.mind.create.mutationOptions({
      retry: (failures, problem) => failures < 2 && !problem.data,
      onSuccess: ({ id }) => {
        void queryClient.invalidateQueries({ queryKey: trpc.mind.artists.queryKey() });
        router.push(`/mind?artist=${id}`);
      },
    }),
  );
  function submit(event: FormEvent): void {
    event.preventDefault();
    mutate({ id: ArtistId.parse(crypto.randomUUID()), name, curiosity, patience });
  }
  return (
    <details className="rounded-lg border border-line">
      <summary className="flex min-h-11 items-center px-3 text-muted text-sm hover:text-ink">Another artist</summary>
      <form onSubmit={submit} className="grid max-w-md gap-4 p-3">
        <p className="text-muted text-sm">With moods, memory and learning of their own, beginning from nothing.</p>
        <label htmlFor="artist-name" className="text-sm">
          Name
        </label>
        <input
          id="artist-name"
          required
          maxLength={40}
          value={name}
          onChange={({ target }) => setName(target.value)}
          className="field"
        />
        <Choices legend="Curiosity" value={curiosity} options={SHARES} onChange={setCuriosity} />
        <Choices legend="Patience with an idea" value={patience} options={SHARES} onChange={setPatience} />
        <Button type="submit" disabled={isPending || name.trim() === ""}>
          Bring them to life
        </Button>
        <Problem error={error} />
      </form>
    </details>
  );
}

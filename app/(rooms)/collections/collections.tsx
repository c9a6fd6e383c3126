"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import { NewCollectionForm } from "#app/ui/new-collection-form.tsx";
import { Picture } from "#app/ui/picture.tsx";
import type { CollectionCard, CreateCollectionInput } from "#contracts/collections.ts";

export function Collections({ initial }: { initial: readonly CollectionCard[] }) {
  const t = useTranslations("collections");
  const trpc = useTRPC();
  const { data: collections } = useQuery({
    ...trpc.collection.list.queryOptions(),
    initialData: [...initial],
    refetchOnMount: "always",
  });
  return (
    <div className="grid gap-6">
      <div className="flex flex-wrap items-center justify-between gap-4">
        <h1 className="font-serif text-3xl">{t("title")}</h1>
        <NewCollection />
      </div>
      {collections.length === 0 && <p className="max-w-prose py-6 text-muted">{t("none")}</p>}
      <ul className="grid grid-cols-2 gap-x-4 gap-y-6 sm:grid-cols-3 lg:grid-cols-4">
        {collections.map((collection) => (
          <Card key={collection.id} collection={collection} />
        ))}
      </ul>
    </div>
  );
}

const Card = ({ collection: { id, name, count, cover } }: { collection: CollectionCard }) => {
  const t = useTranslations("collections");
  return (
    <li>
      <Link href={`/collections/${id}`} className="group grid gap-2">
        <span className="grid aspect-square place-items-center overflow-hidden rounded-sm bg-mat">
          {cover ? (
            <Picture {...cover} alt="" sizes="(min-width: 64rem) 16rem, 45vw" className="size-full object-cover" />
          ) : (
            <span className="text-muted text-sm">{t("empty")}</span>
          )}
        </span>
        <span className="flex items-baseline justify-between gap-3">
          <span className="truncate font-serif text-lg group-hover:text-accent">{name}</span>
          <span className="text-muted text-sm tabular-nums">{count}</span>
        </span>
      </Link>
    </li>
  );
};

function NewCollection() {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const create = useMutation(trpc.collection.create.mutationOptions());
  const make = (made: CreateCollectionInput) =>
    create.mutate(made, {
      onSuccess: () => {
        void queryClient.invalidateQueries({ queryKey: trpc.collection.pathKey() });
        router.push(`/collections/${made.id}`);
      },
    });
  return <NewCollectionForm aside isBusy={create.isPending} error={create.error} onCreate={make} />;
}

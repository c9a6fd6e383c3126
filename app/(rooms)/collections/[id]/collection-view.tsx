"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import { BackLink } from "#app/ui/back-link.tsx";
import { Button, buttonClass } from "#app/ui/button.tsx";
import { ExportDialog, ShareDialog } from "#app/ui/dialogs.ts";
import { IconButton } from "#app/ui/icon-button.tsx";
import { LineIcon } from "#app/ui/line-icon.tsx";
import { Problem } from "#app/ui/problem.tsx";
import { useTell } from "#app/ui/toaster.tsx";
import { useSentenceOf } from "#app/ui/use-sentence-of.ts";
import type { Collection } from "#contracts/collections.ts";
import { Hanging } from "./hanging.tsx";
import { Slideshow } from "./slideshow.tsx";

export function CollectionView({ initial }: { initial: Collection }) {
  const t = useTranslations("collections");
  const trpc = useTRPC();
  const [isPlaying, setPlaying] = useState(false);
  const [isExporting, setExporting] = useState(false);
  const [isSharing, setSharing] = useState(false);
  const { data: collection } = useQuery({
    ...trpc.collection.byId.queryOptions(initial.id),
    initialData: initial,
    refetchOnMount: "always",
  });
  const { artworks } = collection;
  return (
    <div className="grid gap-6">
      <BackLink href="/collections">{t("title")}</BackLink>
      <div className="flex flex-wrap items-center justify-between gap-4">
        <Name collection={collection} />
        <div className="flex flex-wrap gap-2">
          {artworks.length > 0 && (
            <Button onClick={() => setPlaying(true)}>
              <LineIcon name="play" /> {t("slideshow")}
            </Button>
          )}
          {artworks.length > 0 && (
            <Button onClick={() => setExporting(true)}>
              <LineIcon name="export" /> {t("export")}
            </Button>
          )}
          <Button onClick={() => setSharing(true)}>
            <LineIcon name="share" /> {t("share")}
          </Button>
          <Remove collection={collection} />
        </div>
      </div>
      {artworks.length === 0 ? (
        <div className="grid justify-items-start gap-4 py-6">
          <p className="max-w-prose text-muted">{t("hangSome")}</p>
          <Link href="/gallery" className={buttonClass("primary")}>
            {t("toGallery")}
          </Link>
        </div>
      ) : (
        <Hanging collection={collection} />
      )}
      {isExporting && <ExportDialog tiles={artworks} onClose={() => setExporting(false)} />}
      {isSharing && <ShareDialog of={{ collectionId: collection.id }} onClose={() => setSharing(false)} />}
      {isPlaying && <Slideshow artworks={artworks} title={collection.name} onClose={() => setPlaying(false)} />}
    </div>
  );
}

/** Its name, changed where it stands. */
function Name({ collection: { id, name } }: { collection: Collection }) {
  const t = useTranslations("collections");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState<string | null>(null);
  const rename = useMutation(trpc.collection.rename.mutationOptions());
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (draft === null || draft.trim() === "" || draft.trim() === name) return setDraft(null);
    rename.mutate(
      { id, name: draft },
      {
        onSuccess: async () => {
          await queryClient.invalidateQueries({ queryKey: trpc.collection.pathKey() });
          setDraft(null);
        },
      },
    );
  };
  if (draft === null)
    return (
      <h1 className="flex items-center gap-2 font-serif text-3xl">
        {name}
        <IconButton icon="edit" label={t("rename")} onClick={() => setDraft(name)} />
      </h1>
    );
  return (
    <form onSubmit={save} className="grid gap-2">
      <div className="flex gap-2">
        <input
          // biome-ignore lint/a11y/noAutofocus: the person just asked to write here
          autoFocus
          value={draft}
          maxLength={80}
          onChange={({ target }) => setDraft(target.value)}
          onKeyDown={({ key }) => key === "Escape" && setDraft(null)}
          aria-label={t("rename")}
          className="field text-lg"
        />
        <Button type="submit" look="primary" disabled={rename.isPending}>
          {t("save")}
        </Button>
      </div>
      <Problem error={rename.error} />
    </form>
  );
}

/** Takes the collection down, its artworks stay in the gallery; and hangs it again as it was, where that was a mistake. */
function Remove({ collection: { id, name } }: { collection: Collection }) {
  const t = useTranslations("collections");
  const trpc = useTRPC();
  const tell = useTell();
  const router = useRouter();
  const sentenceOf = useSentenceOf();
  const queryClient = useQueryClient();
  const settle = {
    onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.collection.pathKey() }),
    onError: (error: unknown) => tell(sentenceOf(error)),
  };
  const restore = useMutation(trpc.collection.restore.mutationOptions(settle));
  const remove = useMutation(
    trpc.collection.remove.mutationOptions({
      ...settle,
      onSuccess: () => {
        router.push("/collections");
        tell(t("removed", { name }), () => restore.mutate(id));
      },
    }),
  );
  return (
    <Button onClick={() => remove.mutate(id)} disabled={remove.isPending}>
      <LineIcon name="trash" /> {t("remove")}
    </Button>
  );
}

"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import { Button, buttonClass } from "#app/ui/button.tsx";
import { CollectDialog, ExportDialog, ShareDialog } from "#app/ui/dialogs.ts";
import { LineIcon } from "#app/ui/line-icon.tsx";
import { Problem } from "#app/ui/problem.tsx";
import type { Artwork } from "#contracts/artwork.ts";

export function Actions({ artwork }: { artwork: Artwork }) {
  const t = useTranslations("artwork");
  const [opened, setOpened] = useState<"collect" | "share" | "export" | null>(null);
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const [isTrashed, setTrashed] = useState(artwork.trashedAt !== null);
  const refreshGallery = () => queryClient.invalidateQueries({ queryKey: trpc.gallery.pathKey() });
  const mark = (trashed: boolean) => () => {
    setTrashed(trashed);
    // Next keeps pages it has rendered: coming back to this one must not show it as it was.
    router.refresh();
    void refreshGallery();
  };
  const trash = useMutation(trpc.artwork.trash.mutationOptions({ onSuccess: mark(true) }));
  const restore = useMutation(trpc.artwork.restore.mutationOptions({ onSuccess: mark(false) }));
  // Nobody downloads what they do not want to have.
  const react = useMutation(trpc.mind.react.mutationOptions());
  const again = useMutation(trpc.order.place.mutationOptions({ onSuccess: ({ id }) => router.push(`/?order=${id}`) }));
  const { theme, prompt, negativePrompt, seed, settings } = artwork;
  const sketch = artwork.sketch ?? undefined;
  const problem = trash.error ?? restore.error ?? again.error;
  return (
    <div className="grid gap-3">
      {isTrashed ? (
        <div role="status" className="flex items-center justify-between gap-4 rounded-lg border border-line p-3">
          <p className="text-sm">{t("inTrash")}</p>
          <Button onClick={() => restore.mutate([artwork.id])} disabled={restore.isPending}>
            {t("undo")}
          </Button>
        </div>
      ) : (
        <div className="grid grid-cols-2 gap-2">
          <Button
            onClick={() =>
              again.mutate({ ...settings, sketch, prompt: theme, edited: prompt, negativePrompt, seed, count: 1 })
            }
            disabled={again.isPending}
            title={t("sameSeed", { seed: String(seed) })}
          >
            <LineIcon name="again" /> {t("again")}
          </Button>
          <a
            href={`${artwork.imageUrl}?download`}
            download
            onClick={() => react.mutate({ artworkId: artwork.id, action: "download" })}
            className={buttonClass("quiet")}
          >
            <LineIcon name="download" /> {t("download")}
          </a>
          <Button onClick={() => setOpened("export")}>
            <LineIcon name="export" /> {t("export")}
          </Button>
          <Button onClick={() => setOpened("collect")}>
            <LineIcon name="collect" /> {t("collect")}
          </Button>
          <Button onClick={() => setOpened("share")}>
            <LineIcon name="share" /> {t("share")}
          </Button>
          <Link href={`/gallery/alike?to=${artwork.id}`} className={buttonClass("quiet")}>
            <LineIcon name="alike" /> {t("alike")}
          </Link>
          <Button onClick={() => trash.mutate([artwork.id])} disabled={trash.isPending}>
            <LineIcon name="trash" /> {t("delete")}
          </Button>
        </div>
      )}
      <Problem error={problem} />
      {opened === "collect" && <CollectDialog artworkIds={[artwork.id]} onClose={() => setOpened(null)} />}
      {opened === "export" && <ExportDialog tiles={[artwork]} onClose={() => setOpened(null)} />}
      {opened === "share" && <ShareDialog of={{ artworkId: artwork.id }} onClose={() => setOpened(null)} />}
    </div>
  );
}

"use client";
import { useTranslations } from "use-intl";
import { Dialog } from "#app/ui/dialog.tsx";
import { KEYS, type KeyAct } from "./use-gallery-keys.ts";

export function KeyMap({ onClose }: { onClose: () => void }) {
  const t = useTranslations("gallery");
  return (
    <Dialog title={t("keys.title")} onClose={onClose}>
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-6 gap-y-2.5 text-sm">
        {Object.entries(KEYS).map(([act, keys]) => (
          <div key={act} className="contents">
            <dt className="flex gap-1">
              {keys.map((key) => (
                <kbd
                  key={key}
                  className="min-w-7 rounded border border-line bg-wall px-2 py-1 text-center font-sans text-xs"
                >
                  {key}
                </kbd>
              ))}
            </dt>
            <dd className="text-muted">{t(`keys.${act as KeyAct}`)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

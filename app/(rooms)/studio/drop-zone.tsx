"use client";
import { type DragEvent, type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useTell } from "#app/ui/toaster.tsx";
import type { Heard } from "./listen/mood-of-music.ts";
import type { Recalled } from "./recall/read-settings.ts";

interface Told {
  readonly onRecall: (recalled: Recalled) => void;
  readonly onMusic: (heard: Heard) => void;
}
type Given = ReturnType<typeof useGiven>;

/** Reads what is given: a picture's settings, a piece of music's mood. Nothing of it leaves the browser. */
export function useGiven({ onRecall, onMusic }: Told) {
  const t = useTranslations("given");
  const tell = useTell();
  const [isListening, setListening] = useState(false);
  const take = async (file: File): Promise<void> => {
    if (file.type.startsWith("audio/") || file.type.startsWith("video/")) {
      setListening(true);
      const { listen } = await import("./listen/listen.ts");
      await listen(file)
        .then(onMusic, () => tell(t("notMusic")))
        .finally(() => setListening(false));
      return;
    }
    const { recall } = await import("./recall/recall.ts");
    const recalled = file.type.startsWith("image/") ? await recall(file).catch(() => null) : null;
    if (recalled) onRecall(recalled);
    else tell(t(file.type.startsWith("image/") ? "noSettings" : "unknown"));
  };
  return { take, isListening };
}

/** A file may be dropped anywhere in it. */
export function DropZone({ take, isListening, children }: Given & { readonly children: ReactNode }) {
  const t = useTranslations("given");
  const [isOver, setOver] = useState(false);
  const isFile = (event: DragEvent) => event.dataTransfer.types.includes("Files");
  const drop = (event: DragEvent) => {
    setOver(false);
    // The sheet for sketches takes its own.
    if (event.defaultPrevented || !isFile(event)) return;
    event.preventDefault();
    const [file] = event.dataTransfer.files;
    if (file) void take(file);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping has a button for the keyboard, "Take from a file"
    <div
      onDragOver={(event) => {
        if (!isFile(event)) return;
        if (!event.defaultPrevented) event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => event.currentTarget.contains(event.relatedTarget as Node | null) || setOver(false)}
      onDrop={drop}
      className={`relative ${isOver ? "rounded-lg outline-2 outline-accent outline-offset-8" : ""}`}
    >
      {children}
      {(isOver || isListening) && (
        <p
          role="status"
          className="pointer-events-none fixed inset-x-0 bottom-24 z-30 mx-auto w-fit max-w-sm rounded-lg bg-mat px-4 py-3 text-center text-sm shadow-black/40 shadow-lg"
        >
          {t(isListening ? "listening" : "drop")}
        </p>
      )}
    </div>
  );
}

/** The same for a file that is chosen. */
export function TakeFromFile({ take, isListening }: Given) {
  const t = useTranslations("given");
  return (
    <label className="inline-flex min-h-9 cursor-pointer items-center rounded-full border border-line px-3 text-muted text-xs hover:border-muted hover:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent">
      {t(isListening ? "listening" : "choose")}
      <input
        type="file"
        accept="image/png,image/jpeg,image/webp,audio/*"
        className="sr-only"
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file) void take(file);
          target.value = "";
        }}
      />
    </label>
  );
}

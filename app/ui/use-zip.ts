"use client";
import { useRef, useState } from "react";
import { useTranslations } from "use-intl";
import type { ArtworkId } from "#contracts/artwork.ts";
import type { ExportSettings } from "#contracts/exports.ts";
import { refusalIn } from "./refusal-in.ts";

interface Zip {
  begin(artworkIds: readonly ArtworkId[], settings: ExportSettings): Promise<void>;
  cancel(): void;
  /** Files that have come whole; null while nothing is on its way. */
  readonly done: number | null;
  readonly problem: string | null;
}

/** Fetches a zip as it is made, counting the files in it, and saves it once it is whole. */
export function useZip(): Zip {
  const t = useTranslations("export");
  const [done, setDone] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const wish = useRef<AbortController>(null);
  return {
    done,
    problem,
    cancel: () => wish.current?.abort(),
    async begin(artworkIds, settings) {
      wish.current = new AbortController();
      setProblem(null);
      setDone(0);
      try {
        const reply = await fetch("/exports", {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ artworkIds, ...settings }),
          signal: wish.current.signal,
        });
        if (!reply.ok || !reply.body) {
          setProblem(refusalIn(await reply.json().catch(() => null)) ?? t("failed"));
          return;
        }
        save(await collect(reply.body, setDone));
      } catch {
        if (!wish.current.signal.aborted) setProblem(t("failed"));
      } finally {
        setDone(null);
      }
    },
  };
}

/** A file of a zip begins with it. */
const LOCAL_HEADER = [0x50, 0x4b, 0x03, 0x04];

async function collect(body: ReadableStream<Uint8Array<ArrayBuffer>>, onBegun: (files: number) => void): Promise<Blob> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let [begun, matched] = [0, 0];
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new Blob(chunks, { type: "application/zip" });
    chunks.push(value);
    const before = begun;
    for (const byte of value) {
      matched = byte === LOCAL_HEADER[matched] ? matched + 1 : byte === LOCAL_HEADER[0] ? 1 : 0;
      if (matched < LOCAL_HEADER.length) continue;
      begun++;
      matched = 0;
    }
    if (begun !== before) onBegun(begun - 1);
  }
}

function save(zip: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(zip);
  link.download = "aria.zip";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

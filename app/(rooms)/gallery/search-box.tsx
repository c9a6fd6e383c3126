"use client";
import { useRouter } from "next/navigation";
import { type RefObject, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { LineIcon } from "#app/ui/line-icon.tsx";
import type { GalleryFilter } from "#contracts/gallery.ts";

interface Props {
  readonly ref: RefObject<HTMLInputElement | null>;
  readonly filter: GalleryFilter;
  readonly onChange: (filter: GalleryFilter) => void;
}

const WRITTEN_MS = 300;

/** By words as they are written, or by what they mean. */
export function SearchBox({ ref, filter, onChange }: Props) {
  const t = useTranslations("gallery");
  const router = useRouter();
  const asked = filter.q ?? "";
  const [words, setWords] = useState(asked);
  /** What was asked for from here: anything else came by the address, or by clearing the filters. */
  const sent = useRef(asked);
  const latest = useRef({ filter, onChange });
  latest.current = { filter, onChange };
  useEffect(() => {
    if (asked === sent.current) return;
    sent.current = asked;
    setWords(asked);
  }, [asked]);
  useEffect(() => {
    const wanted = words.trim();
    if (wanted === sent.current) return;
    const written = setTimeout(() => {
      sent.current = wanted;
      const { q: _, ...others } = latest.current.filter;
      latest.current.onChange(wanted ? { ...others, q: wanted } : others);
    }, WRITTEN_MS);
    return () => clearTimeout(written);
  }, [words]);
  return (
    <search className="order-last flex min-w-64 flex-1 basis-full gap-2 sm:order-none sm:ml-auto sm:max-w-lg sm:basis-64">
      <div className="relative flex-1">
        <span className="pointer-events-none absolute inset-y-0 left-3 grid place-items-center text-muted">
          <LineIcon name="search" />
        </span>
        <input
          ref={ref}
          type="search"
          value={words}
          onChange={({ target }) => setWords(target.value)}
          onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
          maxLength={200}
          aria-label={t("search")}
          placeholder={t("search")}
          className="field pl-10"
        />
      </div>
      {words.trim() !== "" && (
        <button
          type="button"
          onClick={() => router.push(`/gallery/alike?words=${encodeURIComponent(words.trim())}`)}
          className="inline-flex min-h-11 shrink-0 items-center gap-2 rounded-lg border border-line px-3 text-sm hover:border-muted"
        >
          <LineIcon name="alike" /> {t("byMeaning")}
        </button>
      )}
    </search>
  );
}

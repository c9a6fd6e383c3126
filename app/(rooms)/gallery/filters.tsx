"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import { Captioned } from "#app/ui/captioned.tsx";
import { LineIcon } from "#app/ui/line-icon.tsx";
import type { GalleryFilter } from "#contracts/gallery.ts";
import { SORTS } from "#contracts/wall-outline.ts";
import { chosenParts } from "./filter-in-url.ts";

interface Props {
  readonly filter: GalleryFilter;
  readonly onChange: (filter: GalleryFilter) => void;
}

const SCORES = [0.5, 0.6, 0.7, 0.8];
const PILL =
  "min-h-10 rounded-full border border-line bg-wall px-4 text-sm hover:border-muted aria-pressed:border-accent aria-pressed:text-accent";

/** What of the wall is seen, and in which order. All of it stands in the address. */
export function Filters({ filter, onChange }: Props) {
  const t = useTranslations("gallery");
  const chosen = chosenParts(filter).length;
  const [isOpen, setOpen] = useState(chosen > (filter.loved ? 1 : 0));
  const set = <K extends keyof GalleryFilter>(part: K, value: GalleryFilter[K] | undefined) => {
    onChange({ ...filter, [part]: value });
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <button
        type="button"
        aria-pressed={filter.loved === true}
        onClick={() => set("loved", filter.loved ? undefined : true)}
        className={`inline-flex items-center gap-2 ${PILL}`}
      >
        <LineIcon name="love" /> {t("lovedOnly")}
      </button>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className={`inline-flex items-center gap-2 ${PILL}`}
      >
        <LineIcon name="filter" /> {t("filters")}
        {chosen > 0 && <span className="text-accent tabular-nums">{chosen}</span>}
      </button>
      {isOpen && <Parts filter={filter} set={set} />}
      <button
        type="button"
        aria-pressed={filter.trash === true}
        onClick={() => set("trash", filter.trash ? undefined : true)}
        className={`inline-flex items-center gap-2 ${PILL}`}
      >
        <LineIcon name="trash" /> {t("trash")}
      </button>
      <select
        aria-label={t("sort")}
        value={filter.sort}
        onChange={({ target }) => set("sort", target.value as GalleryFilter["sort"])}
        className={`appearance-none pr-5 text-muted ${PILL}`}
      >
        {SORTS.map((sort) => (
          <option key={sort} value={sort}>
            {t(`sorts.${sort}`)}
          </option>
        ))}
      </select>
      {chosen > 0 && (
        <button
          type="button"
          onClick={() => onChange({ sort: filter.sort, ...(filter.q && { q: filter.q }) })}
          className="min-h-10 px-3 text-muted text-sm hover:text-ink"
        >
          {t("clearFilters")}
        </button>
      )}
    </div>
  );
}

type Set = <K extends keyof GalleryFilter>(part: K, value: GalleryFilter[K] | undefined) => void;

function Parts({ filter, set }: { filter: GalleryFilter; set: Set }) {
  const t = useTranslations("gallery");
  const named = useTranslations("moods");
  const trpc = useTRPC();
  const { data: facets } = useQuery(trpc.gallery.facets.queryOptions());
  const { data: artists = [] } = useQuery(trpc.mind.artists.queryOptions());
  const { data: collections = [] } = useQuery(trpc.collection.list.queryOptions());
  const optionsOf = (names: readonly string[] = []) => names.map((name) => ({ value: name, title: name }));
  const idsAndNames = (all: readonly { readonly id: string; readonly name: string }[]) =>
    all.map(({ id, name }) => ({ value: id, title: name }));
  const parts = [
    { part: "mood", options: (facets?.moods ?? []).map((mood) => ({ value: mood, title: named(mood) })) },
    { part: "style", options: optionsOf(facets?.styles) },
    { part: "modelId", options: optionsOf(facets?.modelIds) },
    { part: "artistId", options: artists.length > 1 ? idsAndNames(artists) : [] },
    { part: "collectionId", options: idsAndNames(collections) },
  ] as const;
  return (
    <div className="order-last grid basis-full grid-cols-2 gap-3 rounded-lg border border-line p-3 sm:grid-cols-3 lg:grid-cols-6">
      {parts
        .filter(({ options }) => options.length > 0)
        .map(({ part, options }) => (
          <Captioned key={part} title={t(`parts.${part}`)}>
            <select
              value={filter[part] ?? ""}
              onChange={({ target }) => set(part, (target.value || undefined) as never)}
              className="field"
            >
              <option value="">{t("any")}</option>
              {options.map(({ value, title }) => (
                <option key={value} value={value}>
                  {title}
                </option>
              ))}
            </select>
          </Captioned>
        ))}
      <Captioned title={t("parts.minScore")}>
        <select
          value={filter.minScore ?? ""}
          onChange={({ target }) => set("minScore", target.value ? Number(target.value) : undefined)}
          className="field"
        >
          <option value="">{t("any")}</option>
          {SCORES.map((score) => (
            <option key={score} value={score}>
              {t("atLeast", { score })}
            </option>
          ))}
        </select>
      </Captioned>
      {(["from", "to"] as const).map((part) => (
        <Captioned key={part} title={t(`parts.${part}`)}>
          <input
            type="date"
            value={filter[part] ?? ""}
            onChange={({ target }) => set(part, target.value || undefined)}
            className="field"
          />
        </Captioned>
      ))}
    </div>
  );
}

"use client";
import { type PointerEvent, useEffect, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import type { GalleryOutline } from "#contracts/gallery.ts";
import type { Row } from "./lay-rows.ts";

interface Props {
  readonly rows: readonly Row[];
  readonly months: GalleryOutline["months"];
  readonly onGo: (row: number) => void;
}

/** Fewer are seen at one glance. */
const WORTH_IT_ROWS = 20;
const STEPS = 1_000;

/** The time along the edge of the wall: dragged, or by the arrow keys, it goes to a month. */
export function Scrubber({ rows, months, onGo }: Props) {
  const t = useTranslations("gallery");
  const format = useFormatter();
  const [share, setShare] = useState(0);
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    const read = () => {
      const reach = document.documentElement.scrollHeight - window.innerHeight;
      setShare(reach > 0 ? window.scrollY / reach : 0);
    };
    window.addEventListener("scroll", read, { passive: true });
    return () => window.removeEventListener("scroll", read);
  }, []);
  if (rows.length < WORTH_IT_ROWS || months.length === 0) return null;
  const nameOf = (month: string) =>
    format.dateTime(new Date(`${month}-01T00:00:00Z`), { year: "numeric", month: "short" });
  const firstRows = rows.flatMap(({ month }, row) => (month === null ? [] : [{ month, row }]));
  const here = firstRows.findLast(({ row }) => row <= share * (rows.length - 1)) ?? firstRows[0]!;
  const goTo = (at: number) => onGo(Math.round(at * (rows.length - 1)));
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    const { top, height } = event.currentTarget.getBoundingClientRect();
    goTo(Math.min(Math.max((event.clientY - top) / height, 0), 1));
  };
  const step = (by: number) => {
    const next = firstRows[firstRows.indexOf(here) + by];
    if (next) onGo(next.row);
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t("scrubber")}
      aria-valuemin={0}
      aria-valuemax={STEPS}
      aria-valuenow={Math.round(share * STEPS)}
      aria-valuetext={nameOf(here.month)}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setHeld(true);
        drag(event);
      }}
      onPointerMove={(event) => isHeld && drag(event)}
      onPointerUp={() => setHeld(false)}
      onPointerCancel={() => setHeld(false)}
      onKeyDown={(event) => {
        const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 1, PageUp: -1 }[event.key];
        if (by === undefined) return;
        event.preventDefault();
        step(by);
      }}
      className="group fixed inset-y-24 right-0 z-10 w-7 cursor-row-resize touch-none [container-type:size] sm:w-9"
    >
      <div className="absolute inset-y-0 right-1 w-px bg-line opacity-60 group-hover:opacity-100" />
      {firstRows.map(({ month, row }) => (
        <div
          key={month}
          className="absolute right-1 h-px w-2 bg-muted opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100"
          style={{ top: `${(100 * row) / (rows.length - 1)}%` }}
        />
      ))}
      <div
        className="pointer-events-none absolute right-0 top-0"
        style={{ transform: `translateY(${100 * share}cqh)` }}
      >
        <div
          className={`-translate-y-1/2 rounded-l-full bg-accent transition-[width,height] ${isHeld ? "h-8 w-3" : "h-8 w-1.5 group-hover:w-3"}`}
        />
        <output
          className={`absolute top-0 right-5 -translate-y-1/2 whitespace-nowrap rounded-full bg-mat px-3 py-1.5 text-xs shadow ${isHeld ? "" : "opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100"}`}
        >
          {nameOf(here.month)}
        </output>
      </div>
    </div>
  );
}

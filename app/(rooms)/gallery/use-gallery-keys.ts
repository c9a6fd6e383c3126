"use client";
import { type RefObject, useEffect, useRef } from "react";
import type { WallHandle } from "./wall.tsx";

export const KEYS = {
  move: ["←", "→", "↑", "↓"],
  open: ["Enter"],
  choose: ["X"],
  range: ["Shift", "X"],
  love: ["L"],
  collect: ["C"],
  trash: ["Del"],
  search: ["/"],
  clear: ["Esc"],
  help: ["?"],
} as const;
export type KeyAct = keyof typeof KEYS;

interface Acts {
  readonly total: number;
  readonly wall: RefObject<WallHandle | null>;
  readonly act: (act: Exclude<KeyAct, "move" | "open">, index: number | null) => void;
}

const ACTS: Readonly<Record<string, Exclude<KeyAct, "move" | "open">>> = {
  x: "choose",
  X: "range",
  l: "love",
  c: "collect",
  Delete: "trash",
  "/": "search",
  Escape: "clear",
  "?": "help",
};

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

const placeOf = (element: Element | null): number | null => {
  const place = element?.closest<HTMLElement>("[data-place]")?.dataset.place;
  return place === undefined ? null : Number(place);
};

/** The keyboard of the wall: arrows walk along it, letters act on the picture that has the focus. */
export function useGalleryKeys({ total, wall, act }: Acts): void {
  const acts = useRef({ total, act });
  acts.current = { total, act };
  useEffect(() => {
    const focus = (index: number, tries = 10): void => {
      wall.current?.show(index);
      const link = document.querySelector<HTMLElement>(`[data-place="${index}"] a`);
      if (link) link.focus();
      // It is rendered once it is in sight, and there once it is fetched.
      else if (tries > 0) setTimeout(() => focus(index, tries - 1), 50);
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
      const here = placeOf(document.activeElement);
      if (isTyping(event.target)) return;
      const besides = here === null ? undefined : wall.current?.besides(here);
      const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -(besides?.above ?? 1), ArrowDown: besides?.below ?? 1 };
      const step = steps[event.key as keyof typeof steps];
      if (step !== undefined) {
        // Without a focus on the wall, up and down scroll.
        if (here === null && !event.key.match(/Left|Right/)) return;
        event.preventDefault();
        const next = here === null ? 0 : Math.min(Math.max(here + step, 0), acts.current.total - 1);
        focus(next);
        return;
      }
      const named = ACTS[event.key];
      if (!named) return;
      event.preventDefault();
      acts.current.act(named, here);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [wall]);
}

"use client";
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";

/** The last that was measured: what a page that is come back to begins with, at its full height. */
let lastPx: number | null = null;

const useBrowserLayoutEffect = typeof window === "undefined" ? useEffect : useLayoutEffect;

/** The width of an element in px; null until it is known. */
export function useWidth(): { readonly ref: RefObject<HTMLDivElement | null>; readonly widthPx: number | null } {
  const ref = useRef<HTMLDivElement>(null);
  const [widthPx, setWidth] = useState(lastPx);
  useBrowserLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () => {
      // Nothing is laid out on a wall without a width: it is hidden.
      if (element.clientWidth === 0) return;
      lastPx = element.clientWidth;
      setWidth(lastPx);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { ref, widthPx };
}

"use client";
import { useEffect, useRef } from "react";

const keyOf = () => `scroll ${window.location.pathname}${window.location.search}`;

/**
 * A reload, or coming back from elsewhere, finds the wall where it was left: the browser itself cannot, because the wall is
 * not as high yet when it tries.
 */
export function useRestoreScroll(isWhole: boolean): void {
  const left = useRef<string | null>(null);
  const isDone = useRef(false);
  useEffect(() => {
    const key = keyOf();
    left.current = sessionStorage.getItem(key);
    const keep = () => {
      // Where the browser brought us on its own try is not where we were.
      if (isDone.current) sessionStorage.setItem(key, String(Math.round(window.scrollY)));
    };
    window.addEventListener("scrollend", keep);
    return () => window.removeEventListener("scrollend", keep);
  }, []);
  useEffect(() => {
    if (!isWhole || isDone.current) return;
    isDone.current = true;
    const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
    const isLoaded = navigation?.type === "reload" || navigation?.type === "back_forward";
    // Once a document: later pages of it are gone to, not come back to.
    if (isLoaded && left.current && !hasRestored) window.scrollTo(0, Number(left.current));
    hasRestored = true;
  }, [isWhole]);
}

let hasRestored = false;

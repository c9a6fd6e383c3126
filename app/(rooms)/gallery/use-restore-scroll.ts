"use client";
import { useEffect, useRef } from "react";

const keyOf = () => `scroll ${window.location.pathname}${window.location.search}`;

/**
 * A reload, or coming back from elsewhere, finds the wall where it was left: the browser itself cannot, because the wall is
 * not as high yet when it tries.
 */
export function useRestoreScroll(isWhole: boolean): void {
  const isDone = useRef(false);
  useEffect(() => {
    if (!isWhole || isDone.current) return;
    isDone.current = true;
    const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
    const saved = sessionStorage.getItem(keyOf());
    const isBack = navigation?.type === "reload" || navigation?.type === "back_forward";
    if (isBack && saved && window.scrollY === 0) window.scrollTo(0, Number(saved));
  }, [isWhole]);
  useEffect(() => {
    const key = keyOf();
    const keep = () => sessionStorage.setItem(key, String(Math.round(window.scrollY)));
    window.addEventListener("scrollend", keep);
    return () => window.removeEventListener("scrollend", keep);
  }, []);
}

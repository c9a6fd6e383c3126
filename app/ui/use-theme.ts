"use client";
import { useSyncExternalStore } from "react";

export type RoomTheme = "dark" | "light";

const listeners = new Set<() => void>();
const read = (): RoomTheme => (document.documentElement.dataset.theme === "light" ? "light" : "dark");
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

function setTheme(theme: RoomTheme): void {
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem("theme", theme);
  } catch {
    // a browser that keeps nothing: the room is lit as asked, until it is left
  }
  for (const listener of listeners) listener();
}

/** How the room is lit. The document itself knows, before React does. */
export function useTheme(): { readonly theme: RoomTheme; readonly setTheme: (theme: RoomTheme) => void } {
  return { theme: useSyncExternalStore(subscribe, read, () => "dark" as const), setTheme };
}

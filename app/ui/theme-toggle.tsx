"use client";
import { LineIcon } from "./line-icon.tsx";

function toggle(): void {
  const { dataset } = document.documentElement;
  const theme = dataset.theme === "light" ? "dark" : "light";
  dataset.theme = theme;
  try {
    localStorage.setItem("theme", theme);
  } catch {
    // a browser that keeps nothing: the room is lit as asked, until it is left
  }
}

export function ThemeToggle() {
  return (
    <button
      type="button"
      onClick={toggle}
      aria-label="Light or dark room"
      className="grid size-11 place-items-center rounded-lg text-muted hover:text-ink"
    >
      <LineIcon name="light" />
    </button>
  );
}

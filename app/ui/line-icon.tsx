const PATHS = {
  light: "M12 3a9 9 0 1 0 0 18V3Zm0 0a9 9 0 0 1 0 18",
  download: "M12 4v11m0 0 4-4m-4 4-4-4M5 19h14",
  again: "M4 12a8 8 0 1 0 2.5-5.8M4 4v4h4",
  trash: "M5 7h14M10 7V5h4v2m-7 0 1 12h8l1-12M10.5 11v5m3-5v5",
  back: "M15 5l-7 7 7 7",
  stop: "M7 7h10v10H7z",
  love: "M12 20s-7.5-4.6-7.5-10A4.2 4.2 0 0 1 12 7.4 4.2 4.2 0 0 1 19.5 10c0 5.4-7.5 10-7.5 10Z",
  like: "M7 11v8H4v-8h3Zm0 0 4-7a2 2 0 0 1 2 2v4h5.2a1.8 1.8 0 0 1 1.8 2.2l-1.2 5.4A1.8 1.8 0 0 1 17 19H7",
  skip: "m7 7 10 10M17 7 7 17",
  kept: "m5 12.5 4.5 4.5L19 7.5",
} as const;

export function LineIcon({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg viewBox="0 0 24 24" className="size-5" fill="none" stroke="currentColor" strokeWidth="1.6" aria-hidden="true">
      <path d={PATHS[name]} strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}

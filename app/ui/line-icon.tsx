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
  surprise:
    "M12 3l1.800 5.200L19 10l-5.200 1.800L12 17l-1.800-5.200L5 10l5.200-1.800L12 3Zm7 12 .8 2.200L22 18l-2.200.8L19 21l-.8-2.200L16 18l2.200-.8L19 15Z",
  film: "M4 5h16v14H4zM8 5v14m8-14v14M4 9.500h4m8 0h4M4 14.500h4m8 0h4",
  brush: "M14 4l6 6-8 8-6-6 8-8ZM6 12c-3 1-2 5-4 7 4 1 8 0 9-2",
  wall: "M4 5h7v6H4zm9 0h7v9h-7zM4 13h7v6H4zm9 3h7v3h-7z",
  mind: "M12 20c-5 0-8-3.5-8-8s3.5-8 8-8 8 3.500 8 8c0 2-1.500 3-3 3h-2a2 2 0 0 0-1.500 3.300c.5.7 0 1.700-1.500 1.700ZM8 11h.01M11 8h.01M15 9h.01",
  search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14Zm5-2 4.5 4.5",
  filter: "M4 7h16M7 12h10m-7 5h4",
  close: "m6 6 12 12M18 6 6 18",
  alike: "M8.5 14a5 5 0 1 0 0-10 5 5 0 0 0 0 10Zm7 6a5 5 0 1 0 0-10 5 5 0 0 0 0 10Z",
  compare: "M12 3v18M4 6h5v12H4zm11 0h5v12h-5z",
  collect: "M5 5h14v14H5zM12 9v6m-3-3h6",
  export: "M5 4h9l5 5v11H5zM14 4v5h5M9 15h7m-3-3 3 3-3 3",
  share: "M12 15V4m0 0L8 8m4-4 4 4M5 12v7h14v-7",
  enlarge: "M9 4H4v5m11-5h5v5M4 15v5h5m11-5v5h-5",
  keys: "M3 7h18v10H3zm4 3h.01M11 10h.01M15 10h.01M8 14h8",
  restore: "M4 9h10a5 5 0 0 1 0 10H8M4 9l4-4M4 9l4 4",
  plus: "M12 5v14M5 12h14",
  play: "M8 5v14l11-7L8 5Z",
  pause: "M8 5v14m8-14v14",
  next: "m9 5 7 7-7 7",
  up: "m6 14 6-6 6 6",
  down: "m6 10 6 6 6-6",
  grip: "M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01",
  cover: "M4 5h16v14H4zm0 10 5-5 5 5 3-3 3 3",
  edit: "m5 19 1-4L16 5l3 3L9 18l-4 1Z",
  settings: "M4 8h10m4 0h2M4 16h2m4 0h10M16 6v4M8 14v4",
  more: "M5 12h.01M12 12h.01M19 12h.01",
} as const;

export type IconName = keyof typeof PATHS;

export function LineIcon({ name }: { name: IconName }) {
  return (
    <svg viewBox="0 0 24 24" className="size-5" fill="none" stroke="currentColor" strokeWidth="1.6" aria-hidden="true">
      <path d={PATHS[name]} strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}

const UNITS = ["kB", "MB", "GB"];

/** 45_100_000 is "45 MB", 4_270_000_000 "4.3 GB": thousands, as disks and downloads are counted. */
export function formatBytes(bytes: number): string {
  let [value, unit] = [bytes / 1_000, 0];
  for (; value >= 1_000 && unit < UNITS.length - 1; unit++) value /= 1_000;
  return `${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${UNITS[unit]}`;
}

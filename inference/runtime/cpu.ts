/** What this machine's processor can do. */
import { existsSync, readFileSync } from "node:fs";

/** As Linux lists it; empty elsewhere. */
export function cpuFlags(): string {
  if (!existsSync("/proc/cpuinfo")) return "";
  return /^(?:flags|Features)\s*:\s*(.*)$/m.exec(readFileSync("/proc/cpuinfo", "utf8"))?.[1] ?? "";
}

/**
 * Whether four products of bytes are added up at a time, into 32 bits. Without that, eight bits are hardly faster than
 * floats, and on x86 sums of 16 bits overflow.
 */
export function multipliesBytes(): boolean {
  if (process.platform === "darwin" && process.arch === "arm64") return true;
  return /\b(avx512_vnni|avx_vnni|asimddp)\b/.test(cpuFlags());
}

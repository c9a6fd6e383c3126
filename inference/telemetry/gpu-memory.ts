/** How full the memory of each GPU is, as the driver's own tool measures it: onnxruntime does not say. */
import { execFile } from "node:child_process";

export interface GpuMemory {
  /** As the driver counts them, from 0. */
  readonly gpu: string;
  /** Taken by all who compute on it, not by Aria alone. */
  readonly allocatedBytes: number;
  /** Kept by the driver and the firmware for themselves; null where the driver does not tell. */
  readonly reservedBytes: number | null;
}

const QUERY = ["--query-gpu=index,memory.used,memory.reserved", "--format=csv,noheader,nounits"];
const TIMEOUT_MS = 3_000;
const MIB = 1_048_576;

/** Empty where there is no such tool, which is looked for once; throws where it fails. */
export function makeReadGpuMemory(tool = "nvidia-smi"): () => Promise<readonly GpuMemory[]> {
  let isThere = true;
  return () => {
    if (!isThere) return Promise.resolve([]);
    return new Promise((resolve, reject) => {
      execFile(tool, QUERY, { timeout: TIMEOUT_MS }, (error, stdout) => {
        if (error?.code === "ENOENT") {
          isThere = false;
          return resolve([]);
        }
        if (error) return reject(error);
        resolve(parse(stdout));
      });
    });
  };
}

function parse(csv: string): GpuMemory[] {
  const bytesOf = (mib: string | undefined) => (mib !== undefined && /^\d+$/.test(mib) ? Number(mib) * MIB : null);
  return csv.split("\n").flatMap((line) => {
    const [gpu, used, reserved] = line.split(",").map((cell) => cell.trim());
    const allocatedBytes = bytesOf(used);
    // Some devices share the machine's memory, and have none of their own to tell of.
    return gpu && allocatedBytes !== null ? [{ gpu, allocatedBytes, reservedBytes: bytesOf(reserved) }] : [];
  });
}

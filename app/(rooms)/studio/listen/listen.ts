import type { Measured } from "./listen-worker.ts";
import { type Heard, hear } from "./mood-of-music.ts";

/** Of a longer piece, the middle is listened to. */
const LISTENED_S = 120;
const SHORTEST_S = 3;

/** Why nothing could be heard. */
export class NotMusic extends Error {
  override readonly name = "NotMusic";
}

/** Listens to an audio file, here in the browser: it is sent nowhere. Throws NotMusic. */
export async function listen(file: Blob): Promise<Heard> {
  const context = new OfflineAudioContext(1, 1, 44_100);
  const decoded = await context.decodeAudioData(await file.arrayBuffer()).catch(() => null);
  if (!decoded || decoded.duration < SHORTEST_S) throw new NotMusic();
  const samples = middleOf(decoded);
  const [measured, tempoBpm] = await Promise.all([
    measure(samples.slice(), decoded.sampleRate),
    tempoOf(samples, decoded),
  ]);
  return hear({ ...measured, tempoBpm });
}

function middleOf(decoded: AudioBuffer): Float32Array<ArrayBuffer> {
  const length = Math.min(decoded.length, LISTENED_S * decoded.sampleRate);
  const from = Math.floor((decoded.length - length) / 2);
  const mono = new Float32Array(length);
  for (let channel = 0; channel < decoded.numberOfChannels; channel++) {
    const data = decoded.getChannelData(channel);
    for (let i = 0; i < length; i++) mono[i]! += data[from + i]! / decoded.numberOfChannels;
  }
  return mono;
}

function measure(samples: Float32Array<ArrayBuffer>, sampleRate: number): Promise<Measured> {
  const worker = new Worker(new URL("./listen-worker.ts", import.meta.url), { type: "module" });
  return new Promise<Measured>((resolve, reject) => {
    worker.addEventListener("message", ({ data }: MessageEvent<Measured>) => resolve(data));
    worker.addEventListener("error", () => reject(new NotMusic()));
    worker.postMessage({ samples, sampleRate }, [samples.buffer]);
  }).finally(() => worker.terminate());
}

/** Null where there is no beat. */
async function tempoOf(samples: Float32Array<ArrayBuffer>, { sampleRate }: AudioBuffer): Promise<number | null> {
  const { analyze } = await import("web-audio-beat-detector");
  const buffer = new AudioBuffer({ length: samples.length, numberOfChannels: 1, sampleRate });
  buffer.copyToChannel(samples, 0);
  return analyze(buffer).then(
    (tempo) => Math.round(tempo),
    () => null,
  );
}

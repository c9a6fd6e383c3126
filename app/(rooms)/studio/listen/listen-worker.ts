/// <reference lib="webworker" />
/** Measures a sound beside the page: Meyda 5.6 frame by frame. */
import Meyda from "meyda";

export interface Listening {
  /** Mono, -1..1. */
  readonly samples: Float32Array<ArrayBuffer>;
  readonly sampleRate: number;
}
export interface Measured {
  readonly loudnessDb: number;
  readonly brightnessHz: number;
  readonly density: number;
  readonly chroma: readonly number[];
}

const FRAME = 4096;
const SILENT_RMS = 1e-4;
/** A frame that is so much louder than the one before it begins something. */
const ONSET = 1.6;
const PITCHES = 12;

function measure({ samples, sampleRate }: Listening): Measured {
  Object.assign(Meyda, { bufferSize: FRAME, sampleRate });
  const chroma = new Array<number>(PITCHES).fill(0);
  let [power, centroid, heard, onsets, before, frames] = [0, 0, 0, 0, 0, 0];
  for (let at = 0; at + FRAME <= samples.length; at += FRAME) {
    const told = Meyda.extract(["rms", "spectralCentroid", "chroma"], samples.subarray(at, at + FRAME));
    if (!told) continue;
    frames++;
    const rms = told.rms ?? 0;
    power += rms * rms;
    if (rms > SILENT_RMS) {
      heard += rms;
      // Louder moments say more of how it sounds.
      centroid += rms * (((told.spectralCentroid ?? 0) * sampleRate) / FRAME);
      for (const [pitch, energy] of (told.chroma ?? []).entries()) chroma[pitch] = chroma[pitch]! + rms * energy;
      if (before > SILENT_RMS && rms > ONSET * before) onsets++;
    }
    before = rms;
  }
  return {
    loudnessDb: Math.max(-60, 10 * Math.log10(power / Math.max(frames, 1) || 1e-6)),
    brightnessHz: heard > 0 ? centroid / heard : 0,
    density: onsets / Math.max(frames, 1),
    chroma: chroma.map((energy) => (heard > 0 ? energy / heard : 0)),
  };
}

self.addEventListener("message", ({ data }: MessageEvent<Listening>) => self.postMessage(measure(data)));

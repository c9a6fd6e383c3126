/** What of a picture a taste can hang on: what it is of and how, where that lies on the style axes, and how it looks. */
import { STYLE_AXES } from "#contracts/mood-natures.ts";
import { LABEL_KINDS, type Theme } from "#contracts/theme.ts";
import { axesOf } from "#server/domain/concept/critique.ts";
import { LABEL_AXES } from "#server/domain/concept/label-axes.ts";

/** How much of a taste is thought to hang on each kind of feature: the standard deviation of its weights, before any duel. */
const SCALES = { label: 1, axis: 2, look: 1.2 };

const LABELS = LABEL_KINDS.flatMap((kind) => Object.keys(LABEL_AXES[kind]).map((label) => ({ kind, label })));

/**
 * Scaled features, so that any two pictures are as alike as their dot product says: labels, axes, then the embedding, of
 * unit length, where there is one. Embeddings of one length alone may be compared.
 */
export function featuresOf(heard: Theme, embedding: Float32Array | null): Float64Array {
  const axes = axesOf(heard);
  const labels = LABELS.map(({ kind, label }) => (heard[kind] === label ? SCALES.label : 0));
  const pulls = STYLE_AXES.map((axis) => SCALES.axis * ((axes[axis] ?? 0.5) - 0.5));
  return Float64Array.from([...labels, ...pulls, ...[...(embedding ?? [])].map((value) => SCALES.look * value)]);
}

/** a - b; where one has no embedding, neither's is looked at. */
export function difference(a: Float64Array, b: Float64Array): Float64Array {
  const length = Math.min(a.length, b.length);
  return Float64Array.from({ length }, (_, i) => a[i]! - b[i]!);
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = Math.min(a.length, b.length) - 1; i >= 0; i--) sum += a[i]! * b[i]!;
  return sum;
}

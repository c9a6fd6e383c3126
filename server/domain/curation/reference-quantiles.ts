/**
 * Where each critic's values lie in practice: the values at every twentieth of 240 pictures of 512 px by the built-in model,
 * over all of its vocabulary (`npm run bench -- critics 240`). What one critic calls 0.9 may be another's 0.6; as shares of
 * pictures that are worse they can be weighed against each other.
 */
import type { Scores } from "#contracts/generation.ts";

const VALUES: Readonly<Partial<Record<keyof Scores, readonly number[]>>> = {
  agreement: [
    0.0077, 0.2652, 0.379, 0.4359, 0.4684, 0.485, 0.5011, 0.5162, 0.5483, 0.6064, 0.6406, 0.6838, 0.7138, 0.7417,
    0.7482, 0.7702, 0.8145, 0.8546, 0.9027, 0.9625, 0.9955,
  ],
  composition: [
    0.5489, 0.6127, 0.6429, 0.6585, 0.6784, 0.6957, 0.7154, 0.7255, 0.7401, 0.7482, 0.7609, 0.7764, 0.7879, 0.8032,
    0.8226, 0.8408, 0.8586, 0.8748, 0.8886, 0.9106, 0.9421,
  ],
  sharpness: [
    0.1218, 0.2061, 0.245, 0.2773, 0.3075, 0.3489, 0.3679, 0.3948, 0.4062, 0.4323, 0.4427, 0.4602, 0.4837, 0.5082,
    0.5338, 0.5533, 0.6017, 0.6372, 0.7088, 0.7649, 0.8189,
  ],
  contrast: [
    0.317, 0.4499, 0.4811, 0.5125, 0.5299, 0.5428, 0.5565, 0.5672, 0.5764, 0.5846, 0.5975, 0.6143, 0.6241, 0.6342,
    0.6477, 0.6592, 0.6703, 0.6804, 0.6983, 0.7288, 0.7798,
  ],
  exposure: [
    0.3154, 0.5022, 0.5999, 0.6437, 0.7189, 0.7728, 0.8034, 0.8257, 0.8465, 0.8671, 0.8896, 0.898, 0.9129, 0.9244,
    0.9359, 0.9484, 0.9587, 0.9678, 0.9741, 0.9795, 0.9875,
  ],
  clipping: [
    0.1118, 0.477, 0.6325, 0.7381, 0.8265, 0.8934, 0.9295, 0.9525, 0.9804, 0.9899, 0.9936, 0.9969, 0.9984, 0.9998, 1, 1,
    1, 1, 1, 1, 1,
  ],
  soundness: [
    0.3368, 0.5766, 0.722, 0.7918, 0.8257, 0.8468, 0.8679, 0.8814, 0.8916, 0.9065, 0.9183, 0.933, 0.9438, 0.9505,
    0.9596, 0.967, 0.9721, 0.9756, 0.9799, 0.9854, 0.9963,
  ],
};

/** The share of pictures whose value is lower, 0..1, ties for a half; the value itself where nothing was measured. */
export function calibrated(name: keyof Scores, value: number): number {
  const values = VALUES[name];
  if (!values) return value;
  const [first, last] = [
    rankFrom(values, value),
    1 -
      rankFrom(
        values.toReversed().map((v) => -v),
        -value,
      ),
  ];
  return (first + last) / 2;
}

/** Piecewise linear between ascending quantiles; of equal ones the first. */
function rankFrom(values: readonly number[], value: number): number {
  const above = values.findIndex((v) => v >= value);
  if (above === -1) return 1;
  if (above === 0) return 0;
  const [low, high] = [values[above - 1]!, values[above]!];
  return (above - 1 + (value - low) / (high - low)) / (values.length - 1);
}

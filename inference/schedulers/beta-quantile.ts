/**
 * The x in 0..1 below which a share `p` of the symmetric beta distribution of that shape lies: the inverse of the
 * regularised incomplete beta function (Press et al., Numerical Recipes 3rd ed., 6.4), found by bisection.
 */
export function betaQuantile(p: number, shape: number): number {
  let [low, high] = [0, 1];
  // 60 halvings are more than a float64 of this range can tell apart.
  for (let k = 0; k < 60; k++) {
    const middle = (low + high) / 2;
    if (betaShare(middle, shape) < p) low = middle;
    else high = middle;
  }
  return p >= 1 ? 1 : p <= 0 ? 0 : (low + high) / 2;
}

/** I_x(a, a). The continued fraction converges quickly below the middle; above it, by symmetry. */
function betaShare(x: number, a: number): number {
  if (x > 0.5) return 1 - betaShare(1 - x, a);
  if (x === 0) return 0;
  const front = Math.exp(logGamma(2 * a) - 2 * logGamma(a) + a * Math.log(x) + a * Math.log1p(-x));
  return (front * continuedFraction(x, a, a)) / a;
}

const TINY = 1e-300;
const away = (value: number): number => (Math.abs(value) < TINY ? TINY : value);

/** Lentz's method, modified. */
function continuedFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let product = d;
  for (let m = 1; m <= 200; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    product *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    product *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return product;
}

const LANCZOS = [
  676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** ln Γ(x) for x > 0: Lanczos' approximation, g = 7 (Numerical Recipes, 6.1). */
function logGamma(x: number): number {
  const z = x - 1;
  const series = LANCZOS.reduce((sum, coefficient, i) => sum + coefficient / (z + i + 1), 0.99999999999980993);
  const t = z + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(series);
}

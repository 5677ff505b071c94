/** Below this the series for the centre has lost three digits to cancellation and the continued fraction is exact. */
const tailStart = -3;

/** Standard normal density. */
export function normalDensity(x: number): number {
  return Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
}

/** Standard normal distribution function; relative error below 1e-12 in the lower tail too. */
export function normalCdf(x: number): number {
  if (x > -tailStart) return 1 - lowerTail(-x);
  return x < tailStart ? lowerTail(x) : centre(x);
}

/** 1/2 + density * (x + x^3/3 + x^5/(3*5) + ...), Marsaglia 2004 (Journal of Statistical Software 11:4). */
function centre(x: number): number {
  let term = x;
  let sum = x;
  for (let odd = 3; Math.abs(term) > 1e-17 * Math.abs(sum); odd += 2) {
    term *= (x * x) / odd;
    sum += term;
  }
  return 0.5 + normalDensity(x) * sum;
}

/** density / (z + 1/(z + 2/(z + 3/...))) with z = -x, Abramowitz & Stegun 26.2.14, from the inside out. */
function lowerTail(x: number): number {
  const z = -x;
  if (z === Number.POSITIVE_INFINITY) return 0;
  let denominator = z;
  for (let depth = 120; depth >= 1; depth--) denominator = z + depth / denominator;
  return normalDensity(z) / denominator;
}

/**
 * Inverse of `normalCdf`; `probability` strictly between 0 and 1. Starts from Abramowitz & Stegun 26.2.23
 * (error 4.5e-4) and takes three of Halley's steps, each of which triples the digits.
 */
export function normalQuantile(probability: number): number {
  if (!(probability > 0 && probability < 1)) throw new RangeError(`expected 0 < probability < 1, got ${probability}`);
  if (probability > 0.5) return -normalQuantile(1 - probability);
  const t = Math.sqrt(-2 * Math.log(probability));
  const numerator = 2.515517 + t * (0.802853 + t * 0.010328);
  let x = numerator / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t;
  for (let step = 0; step < 3; step++) {
    const newton = (normalCdf(x) - probability) / normalDensity(x);
    x -= newton / (1 + (x * newton) / 2);
  }
  return x;
}

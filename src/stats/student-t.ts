import { incompleteBeta } from './incomplete-beta.js';

/** Distribution function of Student's t, by the incomplete beta function (Abramowitz & Stegun 26.7.1 and 26.5.27). */
export function studentTCdf(t: number, degreesOfFreedom: number): number {
  if (!(degreesOfFreedom > 0)) throw new RangeError(`expected degrees of freedom > 0, got ${degreesOfFreedom}`);
  const tail = twoSidedPValue(t, degreesOfFreedom) / 2;
  return t < 0 ? tail : 1 - tail;
}

/** Probability of a value at least as far from 0 as `t`, on either side. */
export function twoSidedPValue(t: number, degreesOfFreedom: number): number {
  const x = degreesOfFreedom / (degreesOfFreedom + t * t);
  return incompleteBeta(x, { a: degreesOfFreedom / 2, b: 0.5 });
}

/** Inverse of `studentTCdf` by bisection to the last bit; `probability` strictly between 0 and 1. */
export function studentTQuantile(probability: number, degreesOfFreedom: number): number {
  if (!(probability > 0 && probability < 1)) throw new RangeError(`expected 0 < probability < 1, got ${probability}`);
  if (probability === 0.5) return 0;
  if (probability > 0.5) return -studentTQuantile(1 - probability, degreesOfFreedom);
  let low = -1;
  while (studentTCdf(low, degreesOfFreedom) > probability) low *= 2;
  let high = 0;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (studentTCdf(middle, degreesOfFreedom) > probability) high = middle;
    else low = middle;
  }
}

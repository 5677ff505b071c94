import { incompleteBeta } from './incomplete-beta.js';

/** Inverse of the regularised incomplete beta function by bisection to the last bit; `probability` in [0, 1]. */
export function betaQuantile(probability: number, shape: { readonly a: number; readonly b: number }): number {
  if (!(probability >= 0 && probability <= 1)) throw new RangeError(`not a probability: ${probability}`);
  let [low, high] = [0, 1];
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (incompleteBeta(middle, shape) > probability) high = middle;
    else low = middle;
  }
}

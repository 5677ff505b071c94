/** Coefficients B_2k / (2k (2k - 1)) of Stirling's series, NIST DLMF 5.11.1. */
const stirling = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360] as const;

/** Natural logarithm of the gamma function for positive arguments; relative error about 1e-14. */
export function logGamma(x: number): number {
  if (!(x > 0)) throw new RangeError(`logGamma needs a positive number, got ${x}`);
  let argument = x;
  let product = 1;
  // Gamma(x) = Gamma(x + n) / (x (x + 1) ... (x + n - 1)) carries the argument to where the series is exact.
  while (argument < 15) {
    product *= argument;
    argument += 1;
  }
  let series = 0;
  for (let index = stirling.length - 1; index >= 0; index--) {
    series = series / (argument * argument) + (stirling[index] as number);
  }
  const leading = (argument - 0.5) * Math.log(argument) - argument + Math.log(2 * Math.PI) / 2;
  return leading + series / argument - Math.log(product);
}

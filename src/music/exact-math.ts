/**
 * Elementary functions that give the same bits on every machine. ECMAScript fixes the results of + - * / and of Math.sqrt,
 * Math.floor and Math.abs (ECMA-262, 21.3.2), but leaves Math.sin, Math.exp and their kin to the engine, so a sound made
 * with those has another hash elsewhere. Everything here is built from the fixed ones.
 */

const twoPi = 2 * Math.PI;
const ln2 = Math.LN2;

/** Taylor coefficients of sin(x)/x in x squared, highest power first: 6e-12 off at a quarter turn. */
const sineSeries = [
  -1 / 1307674368000,
  1 / 6227020800,
  -1 / 39916800,
  1 / 362880,
  -1 / 5040,
  1 / 120,
  -1 / 6,
  1,
] as const;

/** The sine of an angle in turns (1 is a full circle); absolute error below 1e-11. */
export function sineOfTurns(turns: number): number {
  const wrapped = turns - Math.floor(turns + 0.5);
  const folded = wrapped > 0.25 ? 0.5 - wrapped : wrapped < -0.25 ? -0.5 - wrapped : wrapped;
  const radians = folded * twoPi;
  const square = radians * radians;
  let sum = 0;
  for (const coefficient of sineSeries) sum = sum * square + coefficient;
  return sum * radians;
}

/** The cosine of an angle in turns; absolute error below 1e-11. */
export function cosineOfTurns(turns: number): number {
  return sineOfTurns(turns + 0.25);
}

/** 2 to the power of `exponent`; relative error below 1e-12. Meant for exponents within -1000 to 1000. */
export function exp2(exponent: number): number {
  const whole = Math.floor(exponent);
  const natural = (exponent - whole) * ln2;
  let sum = 1;
  for (let term = 14; term >= 1; term--) sum = 1 + (sum * natural) / term;
  const base = whole < 0 ? 0.5 : 2;
  for (let step = Math.abs(whole); step > 0; step--) sum *= base;
  return sum;
}

/** Frequency of a MIDI pitch in equal temperament, A4 (69) at 440 Hz; fractions of a semitone are allowed. */
export function hzOfPitch(pitch: number): number {
  return 440 * exp2((pitch - 69) / 12);
}

/** The factor a sample that makes a signal fall by 60 dB in `seconds` (10^-3 is 2^-9.966). */
export function decayPerSample(seconds: number, sampleRateHz: number): number {
  return exp2(-9.965784284662087 / (seconds * sampleRateHz));
}

/** Straight up to `knee`, then bent so that it nears `ceiling` and never reaches it: a limiter without a hard edge. */
export function softClip(
  sample: number,
  { knee, ceiling }: { readonly knee: number; readonly ceiling: number },
): number {
  const size = Math.abs(sample);
  if (size <= knee) return sample;
  const room = ceiling - knee;
  const over = (size - knee) / room;
  const bent = knee + (room * over) / (1 + over);
  return sample < 0 ? -bent : bent;
}

import { logGamma } from './log-gamma.js';

/** How often something happens in a number of independent trials. */
export interface BinomialLaw {
  readonly trials: number;
  /** Of each trial; strictly between 0 and 1. */
  readonly probability: number;
}

/** Probability of exactly `count`, by the logarithm of the gamma function; 0 outside 0..trials. */
export function binomialProbability(count: number, { trials, probability }: BinomialLaw): number {
  if (!(probability > 0 && probability < 1)) throw new RangeError(`expected 0 < probability < 1, got ${probability}`);
  if (count < 0 || count > trials) return 0;
  const choices = logGamma(trials + 1) - logGamma(count + 1) - logGamma(trials - count + 1);
  return Math.exp(choices + count * Math.log(probability) + (trials - count) * Math.log1p(-probability));
}

/** Probability of `count` or more; exact to 1e-11 also where it is tiny, since only the tail itself is added up. */
export function binomialUpperTail(count: number, law: BinomialLaw): number {
  const { trials, probability } = law;
  if (count <= 0) return 1;
  if (count <= trials * probability) return 1 - binomialUpperTail(trials - count + 1, mirrored(law));
  let term = binomialProbability(count, law);
  let sum = term;
  for (let next = count + 1; next <= trials && term > sum * 1e-18; next++) {
    term *= ((trials - next + 1) / next) * (probability / (1 - probability));
    sum += term;
  }
  return sum;
}

/** Probability of `count` or fewer. */
export function binomialLowerTail(count: number, law: BinomialLaw): number {
  return binomialUpperTail(law.trials - count, mirrored(law));
}

/** The law of the trials in which it does not happen. */
function mirrored({ trials, probability }: BinomialLaw): BinomialLaw {
  return { trials, probability: 1 - probability };
}

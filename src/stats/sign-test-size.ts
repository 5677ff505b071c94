import { failed, type Outcome, ok } from '../core/outcome.js';
import { binomialLowerTail, binomialUpperTail } from './binomial.js';
import { normalQuantile } from './normal.js';

/** Beyond, the exact numbers would take minutes and differ from the approximation by less than a percent. */
const largestSearch = 20_000;

export interface SignTestDesign {
  /** The share of wins that the test is to find; not 1/2. */
  readonly winShare: number;
  readonly alpha: number;
  readonly power: number;
}

export interface SignTestSize {
  /** The fewest decisions with which the exact two-sided test has the power. */
  readonly first: number;
  readonly powerAtFirst: number;
  /** From here on it has it with every number of decisions: the power of an exact test goes up and down like a saw. */
  readonly keptFrom: number;
  /** What the usual formula says. */
  readonly normalApproximation: number;
}

/**
 * How many decisions the exact two-sided sign test needs. Two answers, because adding a vote can cost power: say which is
 * meant (Chernick & Liu 2002, The American Statistician 56:149). The search ends where the approximation is so far
 * exceeded that the saw's teeth no longer reach down to the power.
 */
export function signTestSize({ winShare, alpha, power }: SignTestDesign): Outcome<SignTestSize> {
  const shares = [winShare, alpha, power];
  if (!shares.every((share) => share > 0 && share < 1)) {
    return failed('bad-share', `win share, alpha and power must lie between 0 and 1, got ${shares.join(', ')}`);
  }
  if (winShare === 0.5)
    return failed('no-effect', 'a win share of 1/2 is what the sign test assumes: no number finds it');
  const normalApproximation = approximateSize({ winShare, alpha, power });
  if (normalApproximation > largestSearch) {
    return failed(
      'too-many',
      `about ${normalApproximation} decisions are needed: the exact search ends at ${largestSearch}`,
    );
  }
  const enough = 2 * normalApproximation + 100;
  const powers = Array.from({ length: enough }, (_, index) => signTestPower(index + 1, { winShare, alpha }));
  const first = powers.findIndex((value) => value >= power) + 1;
  const keptFrom = powers.findLastIndex((value) => value < power) + 2;
  if (first === 0 || keptFrom > enough)
    return failed('not-reached', `${enough} decisions do not reach a power of ${power}`);
  return ok({ first, powerAtFirst: powers[first - 1]!, keptFrom, normalApproximation });
}

/** Probability that the exact two-sided test at level `alpha` finds a win share in so many decisions. */
export function signTestPower(
  decisions: number,
  options: { readonly winShare: number; readonly alpha: number },
): number {
  const { winShare, alpha } = options;
  const fair = { trials: decisions, probability: 0.5 };
  // Near the two-sided normal limit, then the exact place: the tail is monotone in the count.
  let critical = Math.ceil(decisions / 2 + (normalQuantile(1 - alpha / 2) * Math.sqrt(decisions)) / 2);
  while (critical > decisions / 2 + 1 && 2 * binomialUpperTail(critical - 1, fair) <= alpha) critical--;
  while (critical <= decisions && 2 * binomialUpperTail(critical, fair) > alpha) critical++;
  if (critical > decisions) return 0;
  const law = { trials: decisions, probability: winShare };
  return binomialUpperTail(critical, law) + binomialLowerTail(decisions - critical, law);
}

function approximateSize({ winShare, alpha, power }: SignTestDesign): number {
  const underNull = normalQuantile(1 - alpha / 2) / 2;
  const underEffect = normalQuantile(power) * Math.sqrt(winShare * (1 - winShare));
  return Math.ceil(((underNull + underEffect) / (winShare - 0.5)) ** 2);
}

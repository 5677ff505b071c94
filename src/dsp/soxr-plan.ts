/** Factors by which libsoxr changes the rate, stage after stage. */
export interface SoxrPlan {
  /** Stages that halve the rate. */
  readonly halvings: number;
  /** The plain stage before: times `preUp`, by `preDown` (0: a filter only). */
  readonly preUp: number;
  readonly preDown: number;
  /** The stage of many phases: times `phases`, by `step`. */
  readonly phases: number;
  readonly step: number;
  /** The plain stage behind. */
  readonly postUp: number;
  readonly postDown: number;
  readonly isUpward: boolean;
}

/** The most phases of a filter. */
const mostPhases = 2048;
/** Fractions are told apart to 32 bits. */
const steps32 = 2 ** 32;

/**
 * How libsoxr divides a change of rate (input rate over output rate) among its stages (src/cr.c, `_soxr_init`, "Determine stages", at quality HQ:
 * mode 3, small-integer optimisation on). Throws a RangeError for rates that more than 2048 phases would be needed for.
 */
export function soxrPlan(ratio: number): SoxrPlan {
  let plan = divide(ratio, 1);
  const growth = (plan.preUp * plan.phases) / plan.step;
  if (growth > 4 && growth !== 5) {
    let postUp = 4;
    for (let rest = Math.trunc(growth / 16) >> 1; rest > 0 && postUp < 256; rest >>= 1) postUp *= 2;
    plan = divide((plan.step * postUp) / plan.phases / plan.preUp, postUp);
  }
  const { preUp, phases, step, postDown } = plan;
  const [up, down] = inLowestTerms(preUp * phases, Math.trunc(step * postDown));
  if (plan.postUp === 1 && (Math.max(up, down) < 5 || up * down < 6)) {
    return { ...plan, preUp: up, preDown: down, phases: 1, step: 1, postDown: 1 };
  }
  return plan;
}

function divide(ratio: number, postUp: number): SoxrPlan {
  const isUpward = ratio < 1;
  let step = ratio;
  let halvings = 0;
  for (let rest = Math.trunc(0.5 * ratio) >> 1; rest > 0; rest >>= 1) {
    step *= 0.5;
    halvings++;
  }
  const preDown = isUpward || (step > 1.5 && step < 2) ? 1 : 0;
  const postDown = step > 1 && preDown === 1 ? 2 : 1;
  step /= postDown;
  const preUp = 1 + (preDown === 0 && step < 2 ? 1 : 0) + (isUpward ? 1 : 0);
  const fraction = asFraction(step * preUp);
  // A whole number that rounding had hidden may be halved once more.
  const again = fraction.phases === 1 && fraction.rounded && fraction.step > 3 ? 1 : 0;
  const parts = { phases: fraction.phases, step: fraction.step / (1 + again) };
  return { halvings: halvings + again, preUp, preDown, ...parts, postUp, postDown, isUpward };
}

function asFraction(value: number): { readonly phases: number; readonly step: number; readonly rounded: boolean } {
  const rest = value - Math.trunc(value);
  if (rest === 0) return { phases: 1, step: value, rounded: false };
  const tolerance = Math.abs(Math.floor(rest * steps32 + 0.5) / (rest * steps32) - 1);
  for (let phases = 1; phases <= mostPhases; phases++) {
    const exact = rest * phases;
    const whole = Math.trunc(exact + 0.5);
    if (Math.abs(whole / exact - 1) > tolerance) continue;
    if (whole === phases) return { phases: 1, step: Math.ceil(value), rounded: true };
    return { phases, step: phases * Math.trunc(value) + whole, rounded: false };
  }
  throw new RangeError(`a change of rate by ${value} needs more than ${mostPhases} phases`);
}

/** Both halved once where both are even, which is all that is needed here. */
function inLowestTerms(up: number, down: number): readonly [number, number] {
  return up % 2 === 0 && down % 2 === 0 ? [up / 2, down / 2] : [up, down];
}

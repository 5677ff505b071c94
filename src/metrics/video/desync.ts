import type { FeatureMatrix } from '../../core/features.js';
import { failed, type Outcome, ok, skipped } from '../../core/outcome.js';
import { nonFiniteRow } from '../../linalg/matrix.js';
import type { SignalMetric } from '../metric.js';

/** Offsets from -2 to 2 s. */
const classes = 21;
const stepTenths = 2;

/** How far the sound is off the pictures, as Synchformer hears and sees it. */
export const desync: SignalMetric = {
  id: 'desync',
  version: 1,
  level: 'signal',
  title: 'DeSync (Synchformer)',
  summary:
    'Mean absolute offset of sound and pictures in seconds that Synchformer guesses for the first and the last 4.8 s of a clip, of 21 classes from -2 to 2 s.',
  aliases: ['DeSync'],
  direction: 'lower',
  range: '0 to 2',
  unit: 's',
  citation: 'Iashin et al. 2024, arXiv:2401.16423; as a score: Cheng et al. 2025 (MMAudio), arXiv:2412.15322',
  knownFailure:
    'Trained on sounds that are seen to be made; music that only accompanies pictures gives it little to go by. Steps of 0.2 s, and pictures without visible events score like a guess.',
  need: { encoder: 'synchformer-sync', output: 'logits' },
  heldAgainst: 'video',
  blindGuess: `a uniform guess over the ${classes} offsets scores ${blindGuessSeconds().toFixed(3)} s; references under the video of another clip are not computed`,
  measure: meanOffset,
};

/** The offset in seconds of a class. */
function offsetSeconds(index: number): number {
  return (stepTenths * (index - (classes - 1) / 2)) / 10;
}

/** The mean absolute offset of all classes: 22 / 21 s. */
export function blindGuessSeconds(): number {
  const offsets = Array.from({ length: classes }, (_, index) => Math.abs(offsetSeconds(index)));
  return offsets.reduce((sum, offset) => sum + offset, 0) / classes;
}

/** Mean over the rows (first and last part) of the absolute offset of the largest logit, the first of equal ones; [2, 21] logits. */
export function meanOffset(logits: FeatureMatrix): Outcome<number> {
  const { rows, columns, data } = logits;
  if (rows === 0) return skipped('no part of the clip was held against its pictures');
  if (columns !== classes) return failed('dimensions-differ', `${columns} logits a row, not ${classes}`);
  const badRow = nonFiniteRow(logits);
  if (badRow !== undefined) return failed('not-finite', `row ${badRow} of the logits holds a value that is not finite`);
  let sum = 0;
  for (let row = 0; row < rows; row++) {
    const own = data.subarray(row * columns, (row + 1) * columns);
    sum += Math.abs(offsetSeconds(own.indexOf(Math.max(...own))));
  }
  return ok(sum / rows);
}

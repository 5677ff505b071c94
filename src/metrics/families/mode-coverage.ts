import { failed, type Outcome, ok } from '../../core/outcome.js';
import { type Matrix, rowOf } from '../../linalg/matrix.js';
import { clipMeans } from '../clip-sets.js';
import type { SetMetric } from '../metric.js';
import type { ClassSpace } from '../spaces.js';

/** The share of references whose strongest class some generated clip has as well: `mode-coverage-CLASSIFIER`. */
export function modeCoverageOver({ id, encoder, name, classes, citation }: ClassSpace): SetMetric {
  return {
    id: `mode-coverage-${id}`,
    version: 1,
    level: 'set',
    title: `Mode coverage by classes (${name})`,
    summary: `Share of the references whose strongest of the ${classes} is the strongest of some generated clip.`,
    aliases: ['mode coverage'],
    direction: 'higher',
    range: '0 to 1',
    citation: `Own definition, after the mode counts of Srivastava et al. 2017, arXiv:1705.07761; classes: ${citation}`,
    knownFailure:
      'A class counts as reached by one clip, however bad. Over AudioSet classes nearly all music has the class Music on top, so that any music covers nearly everything.',
    need: { encoder, output: 'logits' },
    minClips: 1,
    against: 'reference',
    compute(system, reference): Outcome<number> {
      const generated = clipMeans({ clips: system, name: 'system' });
      if (generated.status !== 'ok') return generated;
      const real = clipMeans({ clips: reference, name: 'reference' });
      if (real.status !== 'ok') return real;
      return modeCoverage(generated.value, real.value);
    },
  };
}

/** One row of logits a clip in each set. */
export function modeCoverage(generated: Matrix, real: Matrix): Outcome<number> {
  if (generated.columns !== real.columns)
    return failed('dimensions-differ', `the music has ${generated.columns} classes, the references ${real.columns}`);
  const reached = new Set(strongest(generated));
  const modes = strongest(real);
  return ok(modes.filter((mode) => reached.has(mode)).length / modes.length);
}

function strongest(logits: Matrix): number[] {
  return Array.from({ length: logits.rows }, (_, row) => {
    const values = rowOf(logits, row);
    return values.indexOf(values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY));
  });
}

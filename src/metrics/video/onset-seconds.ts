import type { FeatureMatrix } from '../../core/features.js';
import { failed, mapOutcome, type Outcome, ok } from '../../core/outcome.js';
import { nonFiniteRow } from '../../linalg/matrix.js';
import type { PairedMetric } from '../metric.js';
import { type BeatBins, type BeatScores, d2mGanBeatScores, lorisBeatScores } from '../rhythm/beat-coverage-hit.js';
import { rotateRows } from './rotate-rows.js';

const tools = {
  'd2m-gan': {
    name: 'D2M-GAN',
    citation: 'Zhu et al. 2022, arXiv:2204.00604 (Beats_Scores, commit 4d47a8b)',
    scores: d2mGanBeatScores,
    coverage: 'Seconds with an onset in the music over those in the reference.',
    coverageRange: '0 to infinity',
    warning:
      'Coverage can exceed 1, and more is not better then: on the demo suite music of other clips scores 1.27, above the reference itself. ',
  },
  loris: {
    name: 'LORIS',
    citation: 'Yu et al. 2023, arXiv:2305.01319 (beats_scores.py, commit b5bef7d)',
    scores: lorisBeatScores,
    coverage: 'Share of the seconds with an onset in the music in which the reference has one too (precision).',
    coverageRange: '0 to 1',
    warning: '',
  },
} as const;
type Tool = keyof typeof tools;

const aliases = { coverage: ['BCS', 'beat coverage score'], hit: ['BHS', 'beat hit score'] } as const;
const hitSummary = 'Share of the seconds with an onset in the reference in which the music has one too.';

/** The beat scores of dance-to-music papers. Two tools give the same names to different numbers, hence the ids. */
export const onsetSeconds: readonly PairedMetric[] = (['d2m-gan', 'loris'] as const).flatMap((tool) => [
  scoreOf('coverage', tool),
  scoreOf('hit', tool),
]);

function scoreOf(score: keyof BeatScores, tool: Tool): PairedMetric {
  const { name, citation, scores, coverage, coverageRange, warning } = tools[tool];
  return {
    id: `beat-${score}-${tool}`,
    version: 1,
    level: 'paired',
    title: `Beat ${score} score (${name})`,
    summary: score === 'coverage' ? coverage : hitSummary,
    aliases: aliases[score],
    direction: 'higher',
    range: score === 'coverage' ? coverageRange : '0 to 1',
    citation,
    knownFailure: `${score === 'coverage' ? warning : ''}Saturates: any steady music has an onset in every second, so it scores about 1 whatever the reference; read it against the shuffled line and beside beat-f-measure. Onsets, not beats. The other tool of the same name gives another number.`,
    need: { encoder: 'onset-seconds', output: tool },
    against: 'reference',
    targetNeed: { encoder: 'onset-seconds', output: tool },
    compare(audio, target): Outcome<number> {
      const bins = commonSeconds(audio, target);
      if (bins.status !== 'ok') return bins;
      const scored = mapOutcome(scores(bins.value), (both) => both[score]);
      return scored.status === 'ok' ? ok(scored.value, [...(bins.warnings ?? []), ...(scored.warnings ?? [])]) : scored;
    },
    rotate: rotateRows,
  };
}

/** Both over the seconds that both have; the tools refuse other lengths or cut the reference only. */
function commonSeconds(audio: FeatureMatrix, target: FeatureMatrix): Outcome<BeatBins> {
  for (const [matrix, name] of [[audio, 'music'] as const, [target, 'reference'] as const]) {
    if (matrix.columns !== 1) return failed('dimensions-differ', `the ${name} has ${matrix.columns} columns, not 1`);
    const badRow = nonFiniteRow(matrix);
    if (badRow !== undefined) return failed('not-finite', `second ${badRow} of the ${name} is not finite`);
  }
  const seconds = Math.min(audio.rows, target.rows);
  const bins = { reference: target.data.subarray(0, seconds), generated: audio.data.subarray(0, seconds) };
  const differs = audio.rows !== target.rows;
  return ok(bins, differs ? [`the music has ${audio.rows} seconds, the reference ${target.rows}`] : []);
}

import type { FeatureMatrix } from '../../core/features.js';
import { failed, type Outcome, ok, skipped } from '../../core/outcome.js';
import { nonFiniteRow } from '../../linalg/matrix.js';
import { isConstant, largestLaggedSpearman } from '../lagged-spearman.js';
import type { PairedMetric } from '../metric.js';
import { type TimeCurve, timeCurve } from '../time-curve.js';
import { rotateRows } from './rotate-rows.js';
import { moodOfTags, msdValence, mttArousal, type TagMood } from './tag-mood.js';

const tagCount = 50;
/** MusicNN hears windows of 3 s, one a second. */
const windowSeconds = 3;
const hopSeconds = 1;
const largestLag = 1;
/** Ten seconds; below that the largest of three rank correlations is near 1 by chance. */
const leastWindows = 8;

const heuristic =
  'A heuristic on both sides, never held against what people feel: a rule on tags and a rule on pictures. The largest of three lags and few windows lift chance far above 0: read it against the chance lines.';

function moodCorrelation(
  mood: 'valence' | 'arousal',
  {
    tags,
    network,
    ...texts
  }: { readonly tags: TagMood; readonly network: 'msd' | 'mtt' } & Pick<
    PairedMetric,
    'summary' | 'citation' | 'knownFailure'
  >,
): PairedMetric {
  return {
    ...texts,
    id: `mood-${mood}-correlation`,
    version: 1,
    level: 'paired',
    title: `Mood over time, ${mood} (heuristic)`,
    aliases: [],
    direction: 'higher',
    range: '-1 to 1',
    need: { encoder: `musicnn-${network}`, output: 'tags' },
    against: 'video',
    targetNeed: { encoder: 'colour-mood', output: mood },
    compare: (audio, target) => compareMood(audio, { target, tags, mood }),
    rotate: rotateRows,
  };
}

/** Whether the music is happier where the colours are more pleasant. */
export const moodValenceCorrelation: PairedMetric = moodCorrelation('valence', {
  tags: msdValence,
  network: 'msd',
  summary:
    'Spearman correlation over windows of 3 s of the tags happy less sad (MusiCNN, MSD) and of the pleasantness of the colours; the best lag within a second.',
  citation:
    'Own definition; valence after Russell 1980, pleasantness of colours after Valdez & Mehrabian 1994 (0.69 brightness + 0.22 saturation)',
  knownFailure: `${heuristic} Two tags carry all of valence, and a bright sad scene counts as pleasant. Does not tell right from wrong on the demo suite: own music 0.30, music of other clips 0.33.`,
});

/** Whether the music is livelier where the pictures are. */
export const moodArousalCorrelation: PairedMetric = moodCorrelation('arousal', {
  tags: mttArousal,
  network: 'mtt',
  summary:
    'Spearman correlation over windows of 3 s of the tags fast and loud less slow, quiet and soft (MusiCNN, MTT) and of motion, pace of cuts and colour; the best lag within a second.',
  citation:
    'Own definition; picture side after Hanjalic & Xu 2005 and Valdez & Mehrabian 1994 (-0.31 brightness + 0.60 saturation), music side after Gabrielsson & Lindström 2001',
  knownFailure: `${heuristic} Close to dynamics-correlation by other means. Tells right from wrong weakly on the demo suite: own music 0.51, music of other clips 0.32.`,
});

function compareMood(
  audio: FeatureMatrix,
  { target, tags, mood }: { readonly target: FeatureMatrix; readonly tags: TagMood; readonly mood: string },
): Outcome<number> {
  if (audio.columns !== tagCount) return failed('dimensions-differ', `${audio.columns} tags, not ${tagCount}`);
  const badRow = nonFiniteRow(audio);
  if (badRow !== undefined) return failed('not-finite', `the tags of window ${badRow} hold a value that is not finite`);
  const curve = timeCurve(target, `the ${mood} of the pictures`);
  if (curve.status !== 'ok') return curve;
  if (curve.value.stepSeconds > windowSeconds)
    return skipped(`the pictures come every ${curve.value.stepSeconds} s, fewer than one a window of 3 s`);
  const pictures = windowMeans(curve.value, audio.rows);
  if (pictures.length < leastWindows)
    return skipped(`music and video share ${pictures.length} windows of 3 s, the correlation needs ${leastWindows}`);
  const music = moodOfTags(audio, tags).subarray(0, pictures.length);
  if (isConstant(music)) return skipped(`the ${mood} of the music is constant, so it has no rank order`);
  if (isConstant(pictures)) return skipped(`the ${mood} of the pictures is constant, so it has no rank order`);
  const correlation = largestLaggedSpearman(music, pictures, { largestLag });
  return correlation === undefined ? skipped('no lag leaves two curves that vary') : ok(correlation);
}

/** Means of the curve over the windows of the music, as many as the video covers. */
function windowMeans({ timesSeconds, values, stepSeconds }: TimeCurve, windows: number): Float64Array {
  // The margins keep a frame whose float32 time misses a border by rounding.
  const end = timesSeconds.at(-1)! + stepSeconds + 1e-3;
  const covered = Math.max(0, Math.min(windows, Math.floor((end - windowSeconds) / hopSeconds) + 1));
  return Float64Array.from({ length: covered }, (_, window) => {
    const start = window * hopSeconds - 1e-4;
    const inside = values.filter((_, at) => timesSeconds[at]! >= start && timesSeconds[at]! < start + windowSeconds);
    return inside.reduce((sum, value) => sum + value, 0) / inside.length;
  });
}

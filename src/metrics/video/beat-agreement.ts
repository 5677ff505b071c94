import type { FeatureMatrix, FeatureNeed } from '../../core/features.js';
import { mapOutcome, type Outcome } from '../../core/outcome.js';
import { eventTimes, rotateEvents } from '../event-times.js';
import type { PairedMetric } from '../metric.js';
import { beatContinuity } from '../rhythm/beat-continuity.js';
import { beatFMeasure } from '../rhythm/beat-f-measure.js';
import type { BeatPair } from '../rhythm/beat-times.js';

const beats: FeatureNeed = { encoder: 'beats', output: 'beats' };

const trueBeats = {
  annotations: {
    suffix: '',
    title: 'annotated beats',
    targetNeed: { encoder: 'annotations', output: 'beats' },
    failure: 'Few suites state beats.',
  },
  reference: {
    suffix: '-estimated-reference',
    title: 'beats of the reference',
    targetNeed: beats,
    failure:
      'The beats of the reference are estimated by the same tracker, so its mistakes count as truth; other music for the same video may rightly have another beat.',
  },
} as const;

interface BeatScore {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly citation: string;
  readonly failure: string;
  readonly score: (pair: BeatPair) => Outcome<number>;
}

const scores: readonly BeatScore[] = [
  {
    id: 'beat-f-measure',
    title: 'Beat F-measure',
    summary:
      'Beats of the music paired with the TRUTH within 70 ms, each used once: the harmonic mean of precision and recall.',
    citation:
      'Dixon 2007, Journal of New Music Research 36:39; mir_eval 0.8.2 beat.f_measure, here with the beats before 5 s',
    failure:
      'A tempo of half or double the true one gives about 0.67; steady music at the right tempo and another phase gives 0.',
    score: (pair) => mapOutcome(beatFMeasure(pair), ({ fMeasure }) => fMeasure),
  },
  {
    id: 'beat-cmlt',
    title: 'Beat continuity, correct level (CMLt)',
    summary:
      'Share of beats within 17.5 % of an interval of the TRUTH, the interval before them alike, at the metrical level stated.',
    citation:
      'Klapuri, Eronen & Astola 2006; Davies et al. 2009; mir_eval 0.8.2 beat.continuity, here with the beats before 5 s',
    failure: 'Lenient: beats that are all 80 ms late at 120 bpm still score 1. Half or double the tempo scores 0.',
    score: (pair) => mapOutcome(beatContinuity(pair), ({ cmlTotal }) => cmlTotal),
  },
  {
    id: 'beat-amlt',
    title: 'Beat continuity, any level (AMLt)',
    summary: 'As CMLt, the best of the levels: as stated, off the beat, half and double the tempo of the TRUTH.',
    citation:
      'Klapuri, Eronen & Astola 2006; Davies et al. 2009; mir_eval 0.8.2 beat.continuity, here with the beats before 5 s',
    failure: 'The best of several levels lifts chance, and off-beat music counts as right. Lenient, as CMLt.',
    score: (pair) => mapOutcome(beatContinuity(pair), ({ amlTotal }) => amlTotal),
  },
];

/** Whether the beats of the music are those that the suite states, or those heard in the reference. */
export const beatAgreement: readonly PairedMetric[] = (['annotations', 'reference'] as const).flatMap((against) =>
  scores.map((score) => beatMetric(score, against)),
);

function beatMetric(score: BeatScore, against: keyof typeof trueBeats): PairedMetric {
  const { suffix, title, targetNeed, failure } = trueBeats[against];
  return {
    id: score.id + suffix,
    version: 1,
    level: 'paired',
    title: `${score.title} (${title})`,
    summary: score.summary.replace('TRUTH', title),
    aliases: [],
    direction: 'higher',
    range: '0 to 1',
    citation: `${score.citation}; beats of the music after Ellis 2007, Journal of New Music Research 36:51`,
    knownFailure: `${score.failure} ${failure}`,
    need: beats,
    against,
    targetNeed,
    compare: (audio, target) => compareBeats(audio, { target, title, score: score.score }),
    rotate: rotateEvents,
  };
}

/** Both lists over the time that both pieces have. Without beats on either side there is nothing to compare. */
function compareBeats(
  audio: FeatureMatrix,
  { target, title, score }: { readonly target: FeatureMatrix; readonly title: string } & Pick<BeatScore, 'score'>,
): Outcome<number> {
  const truth = eventTimes(target, title);
  if (truth.status !== 'ok') return truth;
  const music = eventTimes(audio, 'beats of the music');
  if (music.status !== 'ok') return music;
  const end = Math.min(truth.value.durationSeconds, music.value.durationSeconds);
  const within = (times: readonly number[]): number[] => times.filter((time) => time < end);
  return score({ reference: within(truth.value.timesSeconds), estimated: within(music.value.timesSeconds) });
}

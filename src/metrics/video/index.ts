import { avAlign } from '../av-align.js';
import type { Metric } from '../metric.js';
import { beatAgreement } from './beat-agreement.js';
import { cutToBeat, cutToBeatAnnotated, cutToBeatFMeasure, cutToOnset } from './cut-to-beat.js';
import { desync } from './desync.js';
import { imagebindScoreAvBenchmark } from './imagebind-score-av-benchmark.js';
import { moodArousalCorrelation, moodValenceCorrelation } from './mood-correlation.js';
import { motionToOnset } from './motion-to-onset.js';
import { onsetSeconds } from './onset-seconds.js';
import { retrievalImagebind } from './retrieval-imagebind.js';

/** Metrics that hold music against video and against its beats; those over ImageBind need the imported network. */
export const videoMetrics: readonly Metric[] = [
  avAlign,
  cutToBeat,
  cutToBeatFMeasure,
  cutToBeatAnnotated,
  cutToOnset,
  motionToOnset,
  ...beatAgreement,
  ...onsetSeconds,
  moodValenceCorrelation,
  moodArousalCorrelation,
  ...retrievalImagebind,
  imagebindScoreAvBenchmark,
  desync,
];

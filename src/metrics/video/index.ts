import type { Metric } from '../metric.js';
import { imagebindScoreAvBenchmark } from './imagebind-score-av-benchmark.js';
import { retrievalImagebind } from './retrieval-imagebind.js';

/** Metrics that hold music against video; those over ImageBind need the imported network. */
export const videoMetrics: readonly Metric[] = [...retrievalImagebind, imagebindScoreAvBenchmark];

import { cosineOfMeans } from '../imagebind-score.js';
import type { PairedMetric } from '../metric.js';

/** The ImageBind score with the pictures that av-benchmark takes; the clips of the music are the official ones in both. */
export const imagebindScoreAvBenchmark: PairedMetric = {
  id: 'imagebind-score-av-benchmark',
  version: 1,
  level: 'paired',
  title: 'ImageBind score (frames as av-benchmark)',
  summary:
    'Cosine of the mean embedding of three clips of 2 s of the music and of three crops of each pair of neighbouring frames at 0.5 a second.',
  aliases: ['IB', 'IB-score', 'ImageBind similarity'],
  direction: 'higher',
  range: '-1 to 1',
  citation:
    'Girdhar et al. 2023, arXiv:2305.05665; sampling: av-benchmark 050a5cd (video_dataset.py, extract_video.py), Cheng et al. 2025 (MMAudio), arXiv:2412.15322',
  knownFailure:
    'Knows sounds of things better than moods of music: read it against the shuffled chance level. Level, mono mix and resampler are those of the protocol, not those of av-benchmark. The weights are for non-commercial use only.',
  need: { encoder: 'imagebind-huge-audio', output: 'embedding' },
  against: 'video',
  targetNeed: { encoder: 'imagebind-huge-vision-half-fps', output: 'embedding' },
  compare: cosineOfMeans,
};

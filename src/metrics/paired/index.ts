import type { Metric } from '../metric.js';
import { chromaAgreementAudiocraft } from './chroma-agreement-audiocraft.js';
import { chromaCosine } from './chroma-cosine.js';
import { clapAudioSimilarity } from './clap-audio-similarity.js';
import { clapTextSimilarity } from './clap-text-similarity.js';
import { durationDifference } from './duration-difference.js';
import { logMelDistance } from './log-mel-distance.js';
import { loudnessDifference } from './loudness-difference.js';
import { referenceCopyShare } from './reference-copy-share.js';
import { spectralCentroidDifference } from './spectral-centroid-difference.js';

/** Comparisons of music with what it belongs to, without a network. No suite is scored by them unless it says so. */
export const pairedMetrics: readonly Metric[] = [
  durationDifference,
  loudnessDifference,
  spectralCentroidDifference,
  chromaCosine,
  chromaAgreementAudiocraft,
  logMelDistance,
  referenceCopyShare,
];

/** Comparisons over LAION CLAP, which the user imports. */
export const pairedClapMetrics: readonly Metric[] = [clapAudioSimilarity, clapTextSimilarity];

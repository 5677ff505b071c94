import { itemById } from '../core/item-by-id.js';
import { avAlignFramediff } from './av-align-framediff.js';
import { dynamicsCorrelation } from './dynamics-correlation.js';
import { classMetrics, embeddingMetrics } from './families/index.js';
import { imagebindScore } from './imagebind-score.js';
import { klTagsMusicnn } from './kl-tags-musicnn.js';
import type { Metric } from './metric.js';
import { pairedClapMetrics, pairedMetrics } from './paired/index.js';
import { signalMetrics } from './signal/index.js';
import { importedClassifiers, importedSpaces, shippedClassifiers, shippedSpaces } from './spaces.js';
import { videoMetrics } from './video/index.js';

/** Metrics that need nothing beyond the package. */
export const shippedMetrics: readonly Metric[] = [
  ...shippedSpaces.flatMap(embeddingMetrics),
  ...shippedClassifiers.flatMap(classMetrics),
  klTagsMusicnn,
  avAlignFramediff,
  dynamicsCorrelation,
];

/** What a suite is scored by unless it says otherwise: one of each kind, in the order of the table's columns. */
export const defaultMetricIds: readonly [string, ...string[]] = [
  'frechet-musicnn-mtt-penultimate',
  'precision-musicnn-mtt',
  'recall-musicnn-mtt',
  'density-musicnn-mtt',
  'coverage-musicnn-mtt',
  'vendi-musicnn-mtt',
  'kl-tags-musicnn-mtt-ref-gen',
  'av-align-framediff',
  'dynamics-correlation',
];

/** Metrics over networks that the user imports. */
export const importedMetrics: readonly Metric[] = [
  ...importedSpaces.flatMap(embeddingMetrics),
  ...importedClassifiers.flatMap(classMetrics),
  imagebindScore,
  ...pairedClapMetrics,
];

/** All metrics, in the order in which lists show them. */
export const metrics: readonly Metric[] = [
  ...shippedMetrics,
  ...importedMetrics,
  ...videoMetrics,
  ...pairedMetrics,
  ...signalMetrics,
];

/** The metric of this id. Throws a usage error that names the nearest ids when there is none. */
export function metricById(id: string): Metric {
  return itemById(metrics, { id, noun: 'metric' });
}

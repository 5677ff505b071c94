import { ok } from '../core/outcome.js';
import type { Generator } from '../generate/generator.js';
import { monoWaveform, sampleCountOf } from './sound-format.js';

/** Digital silence: shows what a metric does where there is nothing to judge. */
export const silence: Generator<never> = {
  id: 'silence',
  version: 2,
  title: 'Silence',
  summary: 'Zeros for the length of the clip',
  sees: [],
  sameSet: false,
  generate: async ({ durationSeconds }) => ok(monoWaveform(new Float32Array(sampleCountOf(durationSeconds)))),
};

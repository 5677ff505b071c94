import { pannsFrontEnds, pannsLogMel } from '../../dsp/panns-log-mel.js';
import { vggishExamples, vggishFrontEnd } from '../../dsp/vggish-log-mel.js';
import type { Cnn14Variant } from '../../models/architectures/cnn14.js';
import type { TensorData } from '../../models/session.js';
import type { CaseRunner } from '../case-runner.js';
import { clapFeatureExtractorRunner, clapRunner } from './clap.js';
import { clipVitRunner } from './clip-vit.js';
import { createCnn14Runner } from './cnn14.js';
import { imagebindRunner } from './imagebind.js';
import { mertRunner } from './mert.js';
import { createOpenl3Runner } from './openl3.js';
import { passtRunner } from './passt.js';
import { resample } from './resample.js';
import { synchformerRunner } from './synchformer.js';
import { createVggishRunner } from './vggish.js';

/** One runner for each kind of encoder that can be checked. */
export const caseRunners: readonly CaseRunner[] = [
  resample,
  createVggishRunner(vggishInput),
  createCnn14Runner('cnn14-16k', pannsInput('cnn14-16k')),
  createCnn14Runner('cnn14-32k', pannsInput('cnn14-32k')),
  passtRunner,
  createOpenl3Runner('openl3-mel256'),
  createOpenl3Runner('openl3-mel128'),
  clapRunner,
  clapFeatureExtractorRunner,
  imagebindRunner,
  clipVitRunner,
  synchformerRunner,
  mertRunner,
];

function vggishInput(mono: Float32Array): TensorData {
  const { examples, data } = vggishExamples(mono);
  return { data, dims: [examples, vggishFrontEnd.exampleFrames, vggishFrontEnd.melBands] };
}

function pannsInput(variant: Cnn14Variant): (mono: Float32Array) => TensorData {
  return (mono) => {
    const { rows, columns, data } = pannsLogMel(mono, pannsFrontEnds[variant]);
    return { data, dims: [1, rows, columns] };
  };
}

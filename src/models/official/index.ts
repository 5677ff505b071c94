import { BenchError } from '../../core/errors.js';
import { nearestNames } from '../../core/nearest-names.js';
import { clap630kAudioset, clap630kAudiosetFusion, clapMusic, clapMusicSpeech } from './clap.js';
import { clipVitB32 } from './clip.js';
import { cnn14At16k, cnn14At32k } from './cnn14.js';
import { encodec32khz } from './encodec.js';
import { imagebindHuge } from './imagebind.js';
import { mertV1At95M } from './mert.js';
import type { OfficialModel } from './official-model.js';
import { openl3Mel128Env, openl3Mel128Music, openl3Mel256Env, openl3Mel256Music } from './openl3.js';
import { passtS10, passtS20, passtS30 } from './passt.js';
import { synchformer } from './synchformer.js';
import { vggish } from './vggish.js';
import { vidmuse } from './vidmuse.js';

/** The official checkpoints that `bench models` knows. */
export const officialModels: readonly OfficialModel[] = [
  vggish,
  cnn14At16k,
  cnn14At32k,
  passtS10,
  passtS20,
  passtS30,
  openl3Mel256Music,
  openl3Mel256Env,
  openl3Mel128Music,
  openl3Mel128Env,
  clapMusic,
  clapMusicSpeech,
  clap630kAudioset,
  clap630kAudiosetFusion,
  imagebindHuge,
  clipVitB32,
  synchformer,
  mertV1At95M,
  vidmuse,
  encodec32khz,
];

/** The official model with this id. Throws a BenchError with the nearest names where there is none. */
export function findOfficialModel(id: string): OfficialModel {
  const found = officialModels.find(({ facts }) => facts.id === id);
  if (found !== undefined) return found;
  const known = officialModels.map(({ facts }) => facts.id);
  const near = nearestNames(id, known);
  throw new BenchError({
    code: 'model-not-found',
    kind: 'usage',
    problem: `there is no official model "${id}"`,
    remedy: near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `Use one of ${known.join(', ')}`,
  });
}

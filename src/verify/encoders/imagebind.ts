import type { CaseOutput, CaseRequest, CaseRunner } from '../case-runner.js';
import { isIdsInput } from '../golden.js';
import { imagebindSoundCases } from './imagebind-sound.js';
import { imagebindTextCases } from './imagebind-text.js';
import { imagebindVisionCases } from './imagebind-vision.js';

/** The golden files of ImageBind of any size, tower after tower, so that only one is held in memory. */
export const imagebindRunner: CaseRunner = {
  name: 'imagebind',
  handles: (encoder) => /^imagebind_\w+$/.test(encoder),
  async *run(request): AsyncGenerator<CaseOutput, void, undefined> {
    const texts = request.fixture.golden.inputs.filter(isIdsInput).map(({ id }) => id);
    const tower = (file: string): 'text' | 'sound' | 'vision' => {
      if (texts.some((id) => file.startsWith(`${id}.`))) return 'text';
      return /\.(audio\w*|fbank)\.npy$/.test(file) ? 'sound' : 'vision';
    };
    const only = (name: ReturnType<typeof tower>): CaseRequest => ({
      ...request,
      wanted: request.wanted.filter(({ file }) => tower(file) === name),
    });
    yield* imagebindSoundCases(only('sound'));
    yield* imagebindVisionCases(only('vision'));
    yield* imagebindTextCases(only('text'));
  },
};

import { describe, expect, it } from 'vitest';
import { createOnsetSecondsEncoder } from '../../src/encoders/onset-seconds-encoder.js';
import { okValue } from '../baselines/painted-videos.js';
import { sampleRateHz, strokes } from './strokes.js';

describe('createOnsetSecondsEncoder', () => {
  it('says for each second whether something begins in it', async () => {
    const sound = strokes(8);
    sound.fill(0, 3 * sampleRateHz, 5 * sampleRateHz);
    const features = okValue(await createOnsetSecondsEncoder().encode(sound));
    for (const name of ['d2m-gan', 'loris']) {
      const { rows, columns, data } = features[name]!;
      expect([rows, columns]).toEqual([8, 1]);
      expect([...data]).toEqual([1, 1, 1, 0, 0, 1, 1, 1]);
    }
  });

  it('has no onset in silence', async () => {
    const features = okValue(await createOnsetSecondsEncoder().encode(new Float32Array(2 * sampleRateHz)));
    expect([...features.loris!.data]).toEqual([0, 0]);
  });
});

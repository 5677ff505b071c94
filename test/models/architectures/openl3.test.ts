import { describe, expect, it } from 'vitest';
import { createOpenl3 } from '../../../src/models/architectures/openl3.js';
import { sourcesOf } from '../../../src/models/import/check-tensors.js';
import { withoutWrapper } from '../../../src/models/import/without-wrapper.js';
import { memoryCheckpoint, waves } from '../../helpers/memory-checkpoint.js';

const openl3 = createOpenl3('openl3-mel256');
const channels = [64, 64, 128, 128, 256, 256, 512, 512];

describe('openl3', () => {
  it('reads the tensors of the official network and the channels from their shapes', () => {
    const sources = sourcesOf(openl3.buildGraph({ melBands: 256, channels }));
    expect(sources.size).toBe(4 + 7 * 6 + 2);
    expect(sources.get('layers.0.moving_variance')).toEqual([1]);
    expect(sources.get('layers.13.kernel')).toEqual([3, 3, 256, 512]);
    expect(sources.get('layers.15.kernel')).toEqual([3, 3, 512, 512]);
    const tensors = new Map([...sources].map(([name, shape]) => [name, { name, shape, type: 'float32' as const }]));
    expect(openl3.describe({ file: 'x.h5', tensors, values: new Map() })).toEqual({ melBands: 256, channels });
    expect(openl3.outputs({ melBands: 256, channels })[0]).toMatchObject({ name: 'embedding', columns: 512 });
  });

  it('tells a file of before 0.4, whose spectrogram has weights, and any other file', () => {
    const named = {
      ...memoryCheckpoint({ 'layers.1.gamma': waves([1]) }),
      values: new Map([['layers.0', 'melspectrogram_1']]),
    };
    expect(() => withoutWrapper(named, openl3)).toThrow(/of OpenL3 before 0\.4.*v0_4_0\.h5\.gz/s);
    expect(() => withoutWrapper(memoryCheckpoint({ 'layers.0.kernel': waves([2]) }), openl3)).toThrow(
      'this is not a checkpoint of openl3-mel256',
    );
  });
});

import { describe, expect, it } from 'vitest';
import { describeEncodec, encodecNames } from '../../../../src/models/architectures/encodec/dimensions.js';
import { type WeightNormSpelling, weightNormNames } from '../../../../src/models/graph/weight-norm.js';
import { outlineOf, refusalOf } from '../../../helpers/vidmuse-outline.js';

type Layout = keyof typeof encodecNames;

/** What a codec of 16 channels that rises by 8 and 5 has, in the given names. */
function shapesOf(layout: Layout, spelling: WeightNormSpelling): [string, readonly number[]][] {
  const { layer, convolution, rising, codebook } = encodecNames[layout];
  const kernel = (name: string, shape: readonly number[]): [string, readonly number[]][] => {
    const { g, v } = weightNormNames(name, spelling);
    return [
      [g, [shape[0]!, 1, 1]],
      [v, shape],
    ];
  };
  return [
    ...kernel(`${layer(0)}.${convolution}`, [16, 6, 7]),
    ...[0, 1].map((index): [string, number[]] => [`${layer(1)}.lstm.weight_ih_l${index}`, [64, 16]]),
    ...kernel(`${layer(3)}.${rising}`, [16, 8, 16]),
    ...kernel(`${layer(4)}.block.1.${convolution}`, [4, 8, 3]),
    ...kernel(`${layer(6)}.${rising}`, [8, 4, 10]),
    ...kernel(`${layer(7)}.block.1.${convolution}`, [2, 4, 3]),
    ...kernel(`${layer(9)}.${convolution}`, [1, 4, 7]),
    ...[0, 1, 2].map((index): [string, number[]] => [codebook(index), [32, 6]]),
  ];
}

const values = { 'config.json': '{"pad_mode": "reflect"}' };
const layouts = ['transformers', 'audiocraft'] as const;
const spellings = ['weight-g-v', 'parametrizations'] as const;

describe('describeEncodec', () => {
  it.each(layouts.flatMap((layout) => spellings.map((spelling) => [layout, spelling] as const)))(
    'reads the sizes in the names of %s, spelled as %s',
    (layout, spelling) => {
      expect(describeEncodec(outlineOf({ shapes: shapesOf(layout, spelling), values }))).toEqual({
        ...{ layout, weightNorm: spelling, codebooks: 3, codebookSize: 32, codeWidth: 6 },
        ...{ channels: [16, 8, 4], ratios: [8, 5], lstmLayers: 2, kernel: 7, residualKernel: 3 },
        ...{ residualChannels: [4, 2], padMode: 'reflect' },
      });
    },
  );

  it('refuses a file without stages', () => {
    const shapes = shapesOf('transformers', 'weight-g-v').filter(([name]) => !/layers\.[3-9]/.test(name));
    const refusal = refusalOf(() => describeEncodec(outlineOf({ shapes, values })));
    expect(refusal).toMatchObject({ code: 'checkpoint-not-fitting', file: 'state_dict.bin' });
    expect(() => describeEncodec(outlineOf({ values }))).toThrow('no stages');
  });

  it('refuses a file without codebooks', () => {
    const shapes = shapesOf('audiocraft', 'weight-g-v').filter(([name]) => !name.startsWith('quantizer'));
    const refusal = refusalOf(() => describeEncodec(outlineOf({ shapes, values })));
    expect(refusal).toMatchObject({ field: 'quantizer.vq.layers.0._codebook.embed', got: 'no such tensor' });
  });

  it('refuses a file that does not say how it pads', () => {
    const shapes = shapesOf('transformers', 'weight-g-v');
    const refusal = refusalOf(() => describeEncodec(outlineOf({ shapes, values: {} })));
    expect(refusal).toMatchObject({ code: 'codec-settings-missing' });
  });
});

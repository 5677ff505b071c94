import { describe, expect, it } from 'vitest';
import {
  describeVidmuse,
  isVidmuseTensor,
  vidmuseAnchor,
} from '../../../../src/models/architectures/vidmuse/dimensions.js';
import { goldenSettings, goldenShapes, outlineOf, refusalOf } from '../../../helpers/vidmuse-outline.js';

const refused = (parts: Parameters<typeof outlineOf>[0]) =>
  refusalOf(() => describeVidmuse(outlineOf({ clipHeads: 3, ...parts })));
const withShape = (name: string, shape: readonly number[]) => [...goldenShapes, [name, shape] as const];
const withSettings = (from: string, to: string) => ({ values: { 'xp.cfg': goldenSettings.replace(from, to) } });

describe('describeVidmuse', () => {
  it('reads the sizes of the small official checkpoint', () => {
    expect(describeVidmuse(outlineOf({ clipHeads: 3 }))).toEqual({
      clip: { width: 36, hiddenWidth: 72, depth: 2, heads: 3, patch: 32, side: 7 },
      visual: { tokens: 50, depth: 2, heads: 2, attentionWidth: 128, hiddenWidth: 144 },
      decoder: {
        ...{ width: 32, hiddenWidth: 128, depth: 3, heads: 2, codebooks: 4, codebookSize: 1024 },
        ...{ delays: [0, 1, 2, 3], guidance: 3 },
      },
    });
  });

  it('knows the heads of a visual encoder of the released width', () => {
    const shapes = withShape('visual_encoder_model.vision_model.embeddings.patch_embedding.weight', [768, 3, 32, 32]);
    expect(describeVidmuse(outlineOf({ shapes })).clip.heads).toBe(12);
  });

  it.each([undefined, 5])('refuses another width with %s heads', (clipHeads) => {
    const refusal = refusalOf(() => describeVidmuse(outlineOf({ clipHeads })));
    expect(refusal).toMatchObject({ code: 'clip-heads-unknown', kind: 'usage', got: String(clipHeads ?? 'none') });
  });

  it('refuses a MusicGen, which has no visual networks', () => {
    const shapes = [...goldenShapes].filter(([name]) => /^(emb|transformer|out_norm|linears|condition)/.test(name));
    expect(shapes.some(([name]) => name === vidmuseAnchor)).toBe(false);
    expect(refused({ shapes })).toMatchObject({ code: 'checkpoint-not-fitting', got: 'no such tensor' });
  });

  it.each([
    ['dim', 'dim: 32\n', 'dim: 64\n'],
    ['num_layers', 'num_layers: 3', 'num_layers: 4'],
    ['n_q', 'n_q: 4\n  card', 'n_q: 8\n  card'],
    ['hidden_scale', 'hidden_scale: 4', 'hidden_scale: 2'],
    ['card', 'card: 1024', 'card: 2048'],
  ])('refuses settings whose %s is not that of the tensors', (name, from, to) => {
    expect(goldenSettings).toContain(from);
    const refusal = refused(withSettings(from, to));
    expect(refusal).toMatchObject({ code: 'checkpoint-not-fitting', field: `xp.cfg.transformer_lm.${name}` });
  });

  it('refuses tensors whose sizes are not those of the settings', () => {
    const refusal = refused({ shapes: withShape('linears.0.weight', [2048, 32]) });
    expect(refusal).toMatchObject({ expected: '1024 (settings)', got: '2048 (tensors)' });
  });

  it('refuses delays that are not one for each codebook', () => {
    const refusal = refused(withSettings('    - 3\n    flatten_first', '    flatten_first'));
    expect(refusal).toMatchObject({ field: 'xp.cfg.codebooks_pattern.delay.delays', expected: '4', got: '3' });
  });
});

describe('isVidmuseTensor', () => {
  it('knows every tensor of the official checkpoint and no other', () => {
    for (const name of goldenShapes.keys()) expect(isVidmuseTensor(name), name).toBe(true);
    for (const name of ['emb.0.bias', 'x.emb.0.weight', 'transformer.layers.0.norm4.weight', 'visual_feature_proj'])
      expect(isVidmuseTensor(name), name).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import { readVidmuseSettings } from '../../../../src/models/architectures/vidmuse/settings.js';
import { goldenSettings, outlineOf, refusalOf } from '../../../helpers/vidmuse-outline.js';

const read = (text: string) => readVidmuseSettings(outlineOf({ values: { 'xp.cfg': text } }));

describe('readVidmuseSettings', () => {
  it('reads the settings that the authors’ export leaves, interpolations unresolved', () => {
    expect(goldenSettings).toMatch(/\$\{oc\.env:USER\}/);
    expect(read(goldenSettings)).toMatchObject({
      sample_rate: 32_000,
      codebooks_pattern: { modeling: 'delay', delay: { delays: [0, 1, 2, 3] } },
      classifier_free_guidance: { inference_coef: 3 },
      transformer_lm: { dim: 32, num_heads: 2, num_layers: 3, hidden_scale: 4, n_q: 4, card: 1024 },
    });
  });

  it.each([
    ['sample_rate: 32000', 'sample_rate: 16000', 'xp.cfg.sample_rate'],
    ['channels: 1', 'channels: 2', 'xp.cfg.channels'],
    ['  use: false\n  per_timestep', '  use: true\n  per_timestep', 'xp.cfg.interleave_stereo_codebooks.use'],
    ['modeling: delay', 'modeling: parallel', 'xp.cfg.codebooks_pattern.modeling'],
    ['inference_coef: 3.0', 'other: 3.0', 'xp.cfg.classifier_free_guidance.inference_coef'],
    ['n_q: 4\n  card: 1024', 'n_q: 4\n  card: 0', 'xp.cfg.transformer_lm.card'],
    ['activation: gelu', 'activation: relu', 'xp.cfg.transformer_lm.activation'],
    ['norm_first: true', 'norm_first: false', 'xp.cfg.transformer_lm.norm_first'],
  ])('refuses %j made %j, naming the field', (from, to, field) => {
    expect(goldenSettings).toContain(from);
    const refusal = refusalOf(() => read(goldenSettings.replace(from, to)));
    expect(refusal).toMatchObject({ code: 'vidmuse-settings-invalid', kind: 'input', file: 'state_dict.bin', field });
  });

  it.each([
    ['no settings', {}, 'the settings are missing'],
    ['text that is no YAML', { 'xp.cfg': 'a: [1, {' }, undefined],
    ['a list', { 'xp.cfg': '- 1' }, undefined],
  ] as const)('refuses %s', (_, values, problem) => {
    const refusal = refusalOf(() => readVidmuseSettings(outlineOf({ values })));
    expect(refusal).toMatchObject({ code: 'vidmuse-settings-invalid', field: 'xp.cfg', ...(problem && { problem }) });
  });
});

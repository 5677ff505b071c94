import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { encodecPadMode } from '../../../../src/models/architectures/encodec/pad-mode.js';
import { outlineOf, refusalOf } from '../../../helpers/vidmuse-outline.js';

const official = readFileSync(new URL('../../../fixtures/vidmuse/codec_config.json', import.meta.url), 'utf8');
const modeIn = (values: Readonly<Record<string, string>>) => encodecPadMode(outlineOf({ values }));

describe('encodecPadMode', () => {
  it('is what the settings of either layout say', () => {
    expect(modeIn({ 'config.json': official })).toBe('reflect');
    expect(modeIn({ 'config.json': '{"pad_mode": "constant"}' })).toBe('constant');
    expect(modeIn({ 'xp.cfg': 'seanet:\n  pad_mode: constant\n' })).toBe('constant');
  });

  it('believes config.json where both are there', () => {
    expect(modeIn({ 'config.json': official, 'xp.cfg': 'seanet: {pad_mode: constant}' })).toBe('reflect');
  });

  it.each([
    ['no settings', {}, 'no settings'],
    ['settings without it', { 'config.json': '{}' }, 'no settings'],
    ['a mode that is not known', { 'config.json': '{"pad_mode": "replicate"}' }, 'replicate'],
    ['broken JSON', { 'config.json': '{' }, 'no settings'],
    ['broken YAML', { 'xp.cfg': 'a: [' }, 'no settings'],
    ['the field outside of seanet', { 'xp.cfg': 'pad_mode: reflect' }, 'no settings'],
  ])('refuses %s', (_, values, got) => {
    const refusal = refusalOf(() => modeIn(values));
    expect(refusal).toMatchObject({ code: 'codec-settings-missing', field: 'pad_mode', got });
  });
});

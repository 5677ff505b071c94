import { describe, expect, it } from 'vitest';
import { annotationFeatures } from '../../src/scoring/annotation-features.js';

const annotations = { beatSeconds: [0.5, 1, 1.5], cutSeconds: [], valence: 0, arousal: 0 };

describe('annotationFeatures', () => {
  it('gives the times as one column', () => {
    expect(annotationFeatures(annotations, { encoder: 'annotations', output: 'beats' })).toEqual({
      status: 'ok',
      value: { rows: 3, columns: 1, data: Float32Array.of(0.5, 1, 1.5) },
    });
    expect(annotationFeatures(annotations, { encoder: 'annotations', output: 'cuts' })).toMatchObject({
      value: { rows: 0, columns: 1 },
    });
  });

  it('skips clips without annotations and fails for a kind that there is not', () => {
    expect(annotationFeatures(undefined, { encoder: 'annotations', output: 'beats' }).status).toBe('skipped');
    expect(annotationFeatures(annotations, { encoder: 'annotations', output: 'bars' }).status).toBe('failed');
  });
});

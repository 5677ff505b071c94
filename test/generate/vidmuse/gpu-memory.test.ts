import { describe, expect, it } from 'vitest';
import { largestBatch, windowMemory } from '../../../src/generate/vidmuse/gpu-memory.js';
import type { VidmuseDimensions } from '../../../src/models/architectures/vidmuse/dimensions.js';
import { vidmuseDecoder } from '../../../src/models/architectures/vidmuse/music-decoder.js';
import { elementsOf } from '../../../src/models/graph/weight-places.js';

const released: VidmuseDimensions = {
  clip: { width: 768, hiddenWidth: 3072, depth: 12, heads: 12, patch: 32, side: 7 },
  visual: { tokens: 50, depth: 2, heads: 24, attentionWidth: 1536, hiddenWidth: 3072 },
  decoder: {
    ...{ width: 1536, hiddenWidth: 6144, depth: 48, heads: 24, codebooks: 4, codebookSize: 2048 },
    ...{ delays: [0, 1, 2, 3], guidance: 3 },
  },
};

describe('the memory of windows on a GPU', () => {
  it('counts the weights that the paged graph has, norms aside', () => {
    const { graph } = vidmuseDecoder.companions!(released, 'f16').find(({ name }) => name === 'paged-window')!;
    const bytes = graph.initializers.reduce(
      (sum, one) => sum + (one.kind === 'weight' ? 2 * elementsOf(one.shape) : 0),
      0,
    );
    const nullPages = 2 * 2 * 48 * 1536 * 256;
    expect(Math.abs(windowMemory(released).fixed - nullPages - bytes) / bytes).toBeLessThan(1e-3);
  });

  it('is what was measured: 32 clips ran in 80 GB, 16 in 60 GB', () => {
    expect(windowMemory(released).perClip).toBeCloseTo(1.812e9, -7);
    expect(largestBatch(released, 79e9)).toBeGreaterThanOrEqual(32);
    expect(largestBatch(released, 60e9)).toBeGreaterThanOrEqual(16);
    expect(largestBatch(released, 22e9)).toBeGreaterThanOrEqual(4);
  });

  it('never plans with more than there is, and with one clip at least', () => {
    for (let gigabytes = 8; gigabytes < 200; gigabytes += 3) {
      const clips = largestBatch(released, gigabytes * 1e9);
      const { fixed, perClip } = windowMemory(released);
      if (clips > 1) expect(fixed + clips * perClip).toBeLessThan(gigabytes * 1e9);
      expect(clips).toBeLessThanOrEqual(32);
    }
    expect(largestBatch(released, 1e9)).toBe(1);
  });
});

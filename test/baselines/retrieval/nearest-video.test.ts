import { describe, expect, it } from 'vitest';
import { describeMotion, type VideoDescription } from '../../../src/baselines/retrieval/describe-video.js';
import { rankByLikeness } from '../../../src/baselines/retrieval/nearest-video.js';

const curves = {
  rising: Float64Array.from({ length: 160 }, (_, frame) => 1 + frame / 20),
  falling: Float64Array.from({ length: 160 }, (_, frame) => 9 - frame / 20),
  busy: new Float64Array(160).fill(60),
  cut: new Float64Array(160).fill(1).map((value, frame) => (frame % 40 === 20 ? 80 : value)),
};

function video(look: readonly number[], curve: Float64Array): VideoDescription {
  return { look: Float64Array.from(look), ...describeMotion(curve) };
}

describe('rankByLikeness', () => {
  it('puts the video itself first, whichever part tells it apart', () => {
    const candidates = [
      video([1, 0], curves.rising),
      video([0, 1], curves.rising),
      video([1, 0], curves.falling),
      video([1, 0], curves.busy),
      video([1, 0], curves.cut),
    ];
    candidates.forEach((candidate, index) => {
      expect(rankByLikeness(candidate, candidates)[0]).toBe(index);
    });
  });

  it('does not depend on the unit of the embedding or of the motion', () => {
    const query = video([1, 0.2], curves.rising);
    const candidates = [video([0.9, 0.5], curves.cut), video([0.2, 1], curves.falling), video([1, 0.1], curves.busy)];
    const scaled = candidates.map((candidate) => ({ ...candidate, look: candidate.look.map((value) => value * 1000) }));
    expect(rankByLikeness(query, scaled)).toEqual(rankByLikeness(query, candidates));
  });

  it('keeps the order of equals, and ranks one and none', () => {
    const same = video([1, 0], curves.rising);
    expect(rankByLikeness(same, [same, same, same])).toEqual([0, 1, 2]);
    expect(rankByLikeness(same, [video([0, 1], curves.cut)])).toEqual([0]);
    expect(rankByLikeness(same, [])).toEqual([]);
  });
});

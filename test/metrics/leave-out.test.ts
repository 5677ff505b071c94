import { describe, expect, it } from 'vitest';
import type { FeatureMatrix } from '../../src/core/features.js';
import { metricById } from '../../src/metrics/index.js';
import { kernelDistancesWithoutClips } from '../../src/metrics/kernel-distance-without-clips.js';
import type { SetMetric } from '../../src/metrics/metric.js';
import { normalStream } from '../helpers/metric-recipe.js';

/** Clips of 1 to 7 windows, some far from the others, one twice. */
function clips(
  seed: number,
  { count, columns }: { readonly count: number; readonly columns: number },
): FeatureMatrix[] {
  const normal = normalStream(seed);
  const drawn = Array.from({ length: count - 1 }, (_, clip) => {
    const rows = 1 + ((clip * seed) % 7);
    const data = Float32Array.from({ length: rows * columns }, () => (1 + (clip % 3)) * normal() + seed / 10);
    return { rows, columns, data };
  });
  return [...drawn, drawn[0]!];
}

/** Each clip alone; groups that leave clips over; and one that is half of all, which moves a median far. */
const deletions = [
  { name: 'single clips', groups: Array.from({ length: 24 }, (_, clip) => [clip]) },
  { name: 'groups', groups: [[3, 17, 0], [1], [22, 5, 6, 20]] },
  { name: 'half of the clips', groups: [Array.from({ length: 12 }, (_, index) => 2 * index)] },
];

describe.each([
  'frechet',
  'kernel-distance',
  'kernel-distance-iq',
  'kernel-distance-imq',
  'precision',
  'recall',
  'density',
  'coverage',
  'vendi',
])('leaveOut of %s', (family) => {
  const metric = metricById(`${family}-vggish`) as SetMetric;

  it.each(deletions)('gives what the clips that stay give: $name', ({ groups }) => {
    for (const columns of [5, 150]) {
      const [system, target] = [clips(3, { count: 24, columns }), clips(4, { count: 24, columns })];
      const fast = metric.leaveOut!({ system, target }, groups);
      if (fast.status !== 'ok') expect.fail(JSON.stringify(fast));
      groups.forEach((group, index) => {
        const stay = (_: unknown, clip: number): boolean => !group.includes(clip);
        const slow = metric.compute(system.filter(stay), target.filter(stay));
        if (slow.status !== 'ok') expect.fail(JSON.stringify(slow));
        // Rounding: 1e-10 of a value, and of 100 for kernel distances, which are that times a difference of means.
        expect(Math.abs(fast.value[index]! - slow.value)).toBeLessThan(1e-10 * (Math.abs(slow.value) + 10));
      });
    }
  });
});

describe('kernelDistancesWithoutClips', () => {
  const [system, target] = [clips(3, { count: 9, columns: 4 }), clips(5, { count: 9, columns: 4 })];

  it('refuses overlapping groups, deletions that leave too little, and a bandwidth of 0', () => {
    const options = { kernel: 'gaussian', bandwidth: 'reference' } as const;
    expect(() => kernelDistancesWithoutClips({ system, target }, { ...options, groups: [[1, 2], [2]] })).toThrow(
      RangeError,
    );
    const most = [[0, 1, 2, 3, 4, 5, 6, 7]];
    expect(kernelDistancesWithoutClips({ system, target }, { ...options, groups: most }).status).toBe('skipped');
    const same = system.map(() => system[0]!);
    expect(kernelDistancesWithoutClips({ system, target: same }, { ...options, groups: [[0]] })).toMatchObject({
      error: { code: 'no-bandwidth' },
    });
  });
});

import { describe, expect, it } from 'vitest';
import { torchRatios } from '../../../../benchmarks/performance/gpu/torch-comparison.js';

const said = `device copy 2.95 TB/s, read and written
PyTorch 2.11.0, torch.compile with static cache, 1 clips: 21.4 ms per step
PyTorch 2.11.0, torch.compile with static cache, 4 clips: 33.5 ms per step`;

describe('torchRatios', () => {
  it('holds both numbers of clips against what was measured in the same run', () => {
    expect(
      torchRatios(
        said,
        new Map([
          [1, 8.3],
          [4, 9.16],
        ]),
      ),
    ).toEqual([
      '1 clips: PyTorch 21.4 ms, bench 8.30 ms: 2.58 times as long',
      '4 clips: PyTorch 33.5 ms, bench 9.16 ms: 3.66 times as long',
    ]);
  });

  it('says what has no counterpart, and nothing where PyTorch said nothing', () => {
    expect(torchRatios(said, new Map([[4, 9.16]]))[0]).toContain('no ratio');
    expect(torchRatios('', new Map([[4, 9.16]]))).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import {
  operatorTable,
  operatorTimes,
  type ProfileEvent,
} from '../../../../benchmarks/performance/gpu/operator-times.js';

const session = (name: string, ts: number, dur: number): ProfileEvent => ({ cat: 'Session', name, ts, dur });
const kernel = (operator: string, ts: number, dur: number, provider = 'CUDA'): ProfileEvent => ({
  ...{ cat: 'Node', name: `node_${ts}_kernel_time`, ts, dur },
  args: { op_name: operator, provider: `${provider}ExecutionProvider` },
});

const events: readonly ProfileEvent[] = [
  session('model_loading_uri', 0, 500),
  session('model_run', 1000, 5000),
  kernel('MatMul', 1100, 4000),
  session('model_run', 10_000, 10_000),
  kernel('MatMul', 10_100, 3000),
  kernel('MatMul', 13_200, 3000),
  kernel('Softmax', 16_300, 1500),
  kernel('Gather', 17_900, 500, 'CPU'),
  // Written when it ends, over all that ran inside.
  kernel('Loop', 10_050, 9000),
  { cat: 'Node', name: 'node_fence_before', ts: 10_060, dur: 100, args: { op_name: 'MatMul' } },
];

describe('operatorTimes', () => {
  it('sums the last run by operator and provider, without what stands inside a loop', () => {
    const { operators, runMs } = operatorTimes(events);
    expect(runMs).toBe(10);
    expect(operators).toEqual([
      { operator: 'MatMul', provider: 'CUDA', calls: 2, ms: 6 },
      { operator: 'Softmax', provider: 'CUDA', calls: 1, ms: 1.5 },
      { operator: 'Loop', provider: 'CUDA', calls: 1, ms: 1 },
      { operator: 'Gather', provider: 'CPU', calls: 1, ms: 0.5 },
    ]);
  });

  it('says when there is no run', () => {
    expect(() => operatorTimes([session('model_loading_uri', 0, 1)])).toThrow('no run');
  });
});

describe('operatorTable', () => {
  it('gives calls and milliseconds a step, shares that add up, and the rest of the run', () => {
    const lines = operatorTable(operatorTimes(events), 2).split('\n');
    expect(lines[1]).toMatch(/^MatMul \(CUDA\) +1\.0 +3\.0000 +66\.7 %$/);
    expect(lines[3]).toMatch(/^Loop without its body \(CUDA\) /);
    expect(lines.at(-2)).toMatch(/^all operators +2\.5 +4\.5000 +100\.0 %$/);
    expect(lines.at(-1)).toBe('between operators, feeds and results: 0.5000 ms a step');
  });
});

import { describe, expect, it } from 'vitest';
import type { RunSpec, SystemSpec } from '../../src/core/record.js';
import { metricById } from '../../src/metrics/index.js';
import { embeddingKey, generationKey, planRun } from '../../src/run/plan.js';
import { buildRunSpec, partialReasonsOf, runIdOf } from '../../src/run/run-spec.js';

const system = (id: string): SystemSpec => ({
  id,
  version: 1,
  kind: 'generator',
  title: id,
  summary: '',
  sees: [],
  sameSet: false,
});

const spec: RunSpec = {
  schemaVersion: 1,
  suite: { id: 'tiny', version: '1', hash: 'abc', clipCount: 3 },
  protocol: { id: 'bench-1', hash: 'def' },
  clipIds: ['a', 'b'],
  systems: [system('x'), system('y')],
  metrics: [],
  seeds: [0, 1],
  window: 30,
};

describe('planRun', () => {
  const metrics = ['frechet-musicnn-mtt-penultimate', 'kl-tags-musicnn-mtt-ref-gen', 'av-align-framediff'].map(
    metricById,
  );
  const plan = planRun(spec, metrics);

  it('generates every system, clip and seed once, clip by clip', () => {
    expect(plan.generations.map(generationKey)).toEqual(
      ['a', 'b'].flatMap((clip) => ['x', 'y'].flatMap((id) => [`${id}/${clip}/0`, `${id}/${clip}/1`])),
    );
  });

  it('computes each feature once, however many metrics read it', () => {
    const keys = plan.embeddings.map(embeddingKey);
    expect(new Set(keys).size).toBe(keys.length);
    // Two audio encoders on 2 references and 8 generations, one video encoder on 2 videos.
    expect(keys).toHaveLength(2 * (2 + 8) + 2);
    expect(keys).toContain('motion:video/a');
    expect(keys).toContain('musicnn-mtt:reference/b');
    expect(keys).toContain('onset:x/a/1');
  });

  it('does not look at videos when no metric does', () => {
    const audioOnly = planRun(spec, [metricById('vendi-musicnn-mtt')]);
    expect(audioOnly.embeddings.every(({ source }) => source.kind !== 'video')).toBe(true);
  });
});

describe('run identity', () => {
  it('is the same for the same request and another for another', () => {
    expect(runIdOf(spec)).toBe(runIdOf(structuredClone(spec)));
    expect(runIdOf(spec)).not.toBe(runIdOf({ ...spec, seeds: [0] }));
    expect(runIdOf(spec)).toMatch(/^tiny-[0-9a-f]{10}$/);
  });

  it('does not depend on the order of clips and seeds in the request', () => {
    const protocol = { id: 'bench-1' } as Parameters<typeof buildRunSpec>[0]['protocol'];
    const suite = { id: 'tiny', version: '1', clips: [] } as unknown as Parameters<typeof buildRunSpec>[0]['suite'];
    const base = { suite, suiteHash: 'x', protocol, systems: [], metrics: [], window: 30 };
    expect(buildRunSpec({ ...base, clipIds: ['b', 'a'], seeds: [1, 0] })).toEqual(
      buildRunSpec({ ...base, clipIds: ['a', 'b'], seeds: [0, 1] }),
    );
  });

  it('marks a run over fewer clips as partial, and a whole one not', () => {
    expect(partialReasonsOf(spec)).toEqual(['limited to 2 of 3 clips']);
    expect(partialReasonsOf({ ...spec, clipIds: ['a', 'b', 'c'] })).toEqual([]);
  });
});

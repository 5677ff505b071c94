import { describe, expect, it } from 'vitest';
import { createFakeGenerator } from '../../src/testing/fake-generator.js';
import { okValue } from '../baselines/painted-videos.js';

const request = { durationSeconds: 2, seed: 1, views: {} };

describe('createFakeGenerator', () => {
  it('beeps at every second, the same for the same seed', async () => {
    const fake = createFakeGenerator();
    const [samples] = okValue(await fake.generate(request)).channels;
    expect(samples).toHaveLength(16_000);
    const isQuiet = (second: number): boolean =>
      samples!.subarray((second + 0.1) * 8000, (second + 1) * 8000).every((sample) => sample === 0);
    expect([isQuiet(0), isQuiet(1)]).toEqual([true, true]);
    expect(samples!.subarray(8000, 8800)).toEqual(samples!.subarray(0, 800));
    expect(Math.max(...samples!)).toBeCloseTo(0.5, 1);
    expect(okValue(await createFakeGenerator().generate(request)).channels[0]).toEqual(samples);
    expect(okValue(await fake.generate({ ...request, seed: 2 })).channels[0]).not.toEqual(samples);
  });

  it('fails and throws when told, and remembers every call', async () => {
    const fake = createFakeGenerator({
      failWhen: ({ index }) => (index === 1 ? 'failed' : index === 2 ? 'throws' : undefined),
    });
    expect((await fake.generate(request)).status).toBe('ok');
    expect(await fake.generate(request)).toMatchObject({ status: 'failed', error: { code: 'fake-failure' } });
    await expect(fake.generate(request)).rejects.toThrow('fake was told to throw at call 2');
    expect(fake.calls).toEqual([0, 1, 2].map((index) => ({ index, seed: 1, durationSeconds: 2 })));
  });

  it('stops waiting when it is aborted', async () => {
    const controller = new AbortController();
    const fake = createFakeGenerator({ delayMilliseconds: 60_000 });
    const answer = fake.generate({ ...request, signal: controller.signal });
    controller.abort();
    await expect(answer).rejects.toThrow(/abort/i);
  });
});

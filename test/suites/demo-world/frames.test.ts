import { describe, expect, it } from 'vitest';
import { createMotionEncoder } from '../../../src/encoders/motion-encoder.js';
import { renderFrames } from '../../../src/suites/demo-world/frames.js';
import { frameAt, type SceneScript } from '../../../src/suites/demo-world/scene.js';
import { testScripts } from './demo-clips.js';
import { halfSizeFrames } from './half-size-frames.js';

const motionEncoder = createMotionEncoder();

/** Mean absolute luma difference of each frame to the one before. */
async function differences(script: SceneScript): Promise<readonly number[]> {
  const features = await motionEncoder.encode(halfSizeFrames(script));
  if (features.status !== 'ok') throw new Error(features.status);
  const { data, rows } = features.value.curve!;
  return Array.from({ length: rows }, (_, row) => data[2 * row + 1]!);
}

function script(changes: Partial<SceneScript>): SceneScript {
  const plain = { durationSeconds: 3, cutSeconds: [], hitSeconds: [], speedPoints: [{ timeSeconds: 0, speed: 0 }] };
  return { ...testScripts[0]!, ...plain, ...changes };
}

describe('renderFrames', () => {
  it('gives whole frames for the whole clip, each in its own array', () => {
    const frames = [...renderFrames(script({ durationSeconds: 2 }))];
    expect(frames.map((frame) => frame.length)).toEqual(new Array(24).fill(320 * 180 * 3));
    expect(new Set(frames.map((frame) => frame.buffer)).size).toBe(24);
  });

  it('stands still without speed', async () => {
    expect(Math.max(...(await differences(script({}))))).toBe(0);
  });

  it('changes more the faster it goes, and evenly', async () => {
    const at = async (speed: number): Promise<readonly number[]> =>
      differences(script({ speedPoints: [{ timeSeconds: 0, speed }] }));
    const [slow, medium, fast] = await Promise.all([0.2, 0.5, 1].map(at));
    const range = (values: readonly number[]): readonly [number, number] => [Math.min(...values), Math.max(...values)];
    expect(range(medium!)[0]).toBeGreaterThan(range(slow!)[1]);
    expect(range(fast!)[0]).toBeGreaterThan(range(medium!)[1]);
    expect(range(fast!)[1]).toBeLessThan(1.2 * range(fast!)[0]);
  });

  it.each(['ember', 'neon', 'forest', 'ocean', 'dusk', 'sand'] as const)(
    'shows cuts and hits in %s as single peaks',
    async (palette) => {
      const values = await differences(
        script({ palette, cutSeconds: [1], hitSeconds: [0.5, 1.5, 2], brightness: 0.2 }),
      );
      const peaks = values.flatMap((value, frame) =>
        value > 1 && value > values[frame - 1]! && value > (values[frame + 1] ?? 0) ? [frame] : [],
      );
      expect(peaks).toEqual([0.5, 1, 1.5, 2].map(frameAt));
      for (const frame of peaks) expect(values[frame]).toBeGreaterThan(25);
    },
  );

  it('is darker with less brightness', () => {
    const light = (brightness: number): number => {
      const frame = renderFrames(script({ brightness })).next().value as Uint8Array;
      return frame.reduce((sum, byte) => sum + byte, 0);
    };
    expect(light(0.2)).toBeLessThan(0.8 * light(1));
  });
});

import { describe, expect, it } from 'vitest';
import { passtSceneWindows } from '../../src/dsp/passt-scene-windows.js';

const tenSeconds = 320_000;
const ramp = (samples: number): Float32Array => Float32Array.from({ length: samples }, (_, n) => n);

describe('passtSceneWindows', () => {
  it('leaves a sound that fits alone', () => {
    const sound = ramp(tenSeconds);
    const windows = passtSceneWindows(sound, tenSeconds);
    expect(windows).toHaveLength(1);
    expect(windows[0]).toBe(sound);
  });

  it('begins half a window before a longer sound and goes on every 2.5 s', () => {
    const windows = passtSceneWindows(ramp(12 * 32_000), tenSeconds);
    expect(windows).toHaveLength(5);
    for (const window of windows) expect(window).toHaveLength(tenSeconds);
    expect(windows[0]![0]).toBe(160_000);
    expect(windows[0]![160_000]).toBe(0);
    expect(windows[2]![0]).toBe(0);
    // The end is mirrored without its last sample twice.
    expect([...windows[4]!.subarray(224_000 - 2, 224_000 + 1)]).toEqual([383_998, 383_999, 383_998]);
  });
});

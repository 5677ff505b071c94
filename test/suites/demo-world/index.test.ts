import { describe, expect, it } from 'vitest';
import { durationSecondsOf } from '../../../src/core/waveform.js';
import { integratedLoudness } from '../../../src/dsp/loudness.js';
import { framesSha256, makeScene, pcm16Of, pcmSha256 } from '../../../src/suites/demo-world/index.js';
import { testScripts } from './demo-clips.js';

describe('makeScene', () => {
  it.each([testScripts[1]!, testScripts[16]!])('makes $id to the bytes that the suite states', (script) => {
    const scene = makeScene(script);
    expect(framesSha256(scene.frames)).toBe(script.framesSha256);
    expect(pcmSha256(scene.music)).toBe(script.pcmSha256);
  });

  it.each(testScripts)('makes music for $id that is neither silent nor clipped', (script) => {
    const { music } = makeScene(script);
    expect(music.channels).toHaveLength(2);
    expect(durationSecondsOf(music)).toBeCloseTo(script.durationSeconds, 4);
    for (const channel of music.channels) expect(channel.every((sample) => Math.abs(sample) < 0.9)).toBe(true);
    const loudness = integratedLoudness(music);
    expect(loudness.status === 'ok' && loudness.value).toBeGreaterThan(-26);
    expect(loudness.status === 'ok' && loudness.value).toBeLessThan(-13);
  });
});

describe('pcm16Of', () => {
  it('interleaves, rounds and clips', () => {
    const channels = [Float32Array.of(0, 1), Float32Array.of(-0.5, -2)];
    const bytes = pcm16Of({ sampleRateHz: 8000, channels });
    expect([...new Int16Array(bytes.buffer)]).toEqual([0, -16383, 32767, -32767]);
  });
});

import type { VideoFrames } from '../../src/core/frames.js';
import type { Ok, Outcome } from '../../src/core/outcome.js';
import type { Waveform } from '../../src/core/waveform.js';
import { toMono } from '../../src/dsp/mono.js';
import { createResampler } from '../../src/dsp/resample.js';
import { createMemoryFrames, type Painter } from '../../src/testing/memory-frames.js';

export const paintedRate = 25;

export function paintedVideo(durationSeconds: number, paint: Painter): VideoFrames {
  return createMemoryFrames({ durationSeconds, framesPerSecond: paintedRate, paint });
}

export function stillVideo(durationSeconds: number): VideoFrames {
  return paintedVideo(durationSeconds, ({ channel }) => 90 + 20 * channel);
}

/** One white frame at each time on a dark ground. */
export function flashVideo(durationSeconds: number, flashSeconds: readonly number[]): VideoFrames {
  const flashFrames = new Set(flashSeconds.map((time) => Math.round(time * paintedRate)));
  return paintedVideo(durationSeconds, ({ frameIndex }) => (flashFrames.has(frameIndex) ? 230 : 40));
}

/** Another plain colour from each cut on. */
export function cutVideo(durationSeconds: number, cutSeconds: readonly number[]): VideoFrames {
  const shotOf = (time: number): number => cutSeconds.filter((cut) => cut <= time + 1e-9).length;
  return paintedVideo(durationSeconds, ({ timeSeconds, channel }) => (shotOf(timeSeconds) * 83 + channel * 60) % 256);
}

/** A bright bar swings once a second, `widthAt(time)` (0 to 1) of half the picture far. */
export function swingVideo(durationSeconds: number, widthAt: (timeSeconds: number) => number): VideoFrames {
  return paintedVideo(durationSeconds, ({ xPx, timeSeconds }) => {
    const centre = 80 + 70 * widthAt(timeSeconds) * Math.sin(2 * Math.PI * timeSeconds);
    return Math.abs(xPx - centre) < 12 ? 220 : 30;
  });
}

export function okValue<T>(outcome: Outcome<T>): T {
  if (outcome.status !== 'ok') throw new Error(`expected ok, got ${JSON.stringify(outcome)}`);
  return (outcome as Ok<T>).value;
}

/** As the `onset` encoder hears it: mono at 22.05 kHz. */
export function monoAt22050(waveform: Waveform): Float32Array {
  const resampler = createResampler({ fromHz: waveform.sampleRateHz, toHz: 22_050, kind: 'torchaudioHann' });
  return resampler.process(toMono(waveform));
}

/** A sine in both channels; short and cheap stand-in for music. */
export function toneMusic({ seconds, hz }: { seconds: number; hz: number }): Waveform {
  const sampleRateHz = 8000;
  const samples = Float32Array.from(
    { length: Math.round(seconds * sampleRateHz) },
    (_, index) => 0.5 * Math.sin((2 * Math.PI * hz * index) / sampleRateHz),
  );
  return { sampleRateHz, channels: [samples, samples.slice()] };
}

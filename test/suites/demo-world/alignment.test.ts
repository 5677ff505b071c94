import { beforeAll, describe, expect, it } from 'vitest';
import type { FeatureMatrix } from '../../../src/core/features.js';
import type { Outcome } from '../../../src/core/outcome.js';
import { toMono } from '../../../src/dsp/mono.js';
import { createResampler } from '../../../src/dsp/resample.js';
import { createLoudnessCurveEncoder } from '../../../src/encoders/loudness-curve-encoder.js';
import { createMotionEncoder } from '../../../src/encoders/motion-encoder.js';
import { createOnsetEncoder } from '../../../src/encoders/onset-encoder.js';
import { avAlignFramediff } from '../../../src/metrics/av-align-framediff.js';
import { dynamicsCorrelation } from '../../../src/metrics/dynamics-correlation.js';
import type { PairedMetric } from '../../../src/metrics/metric.js';
import { makeScene, musicSampleRateHz, type SceneScript } from '../../../src/suites/demo-world/index.js';
import { testScripts } from './demo-clips.js';
import { halfSizeFrames } from './half-size-frames.js';

interface Measured {
  readonly onsets: FeatureMatrix;
  readonly loudness: FeatureMatrix;
  readonly motion: FeatureMatrix;
}

const onsetEncoder = createOnsetEncoder();
const loudnessEncoder = createLoudnessCurveEncoder();
const motionEncoder = createMotionEncoder();

function okValue<T>(outcome: Outcome<T>): T {
  if (outcome.status !== 'ok') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

async function measure(script: SceneScript): Promise<Measured> {
  const mono = toMono(makeScene(script).music);
  const at = (toHz: number): Float32Array =>
    createResampler({ fromHz: musicSampleRateHz, toHz, kind: 'torchaudioHann' }).process(mono);
  return {
    onsets: okValue(await onsetEncoder.encode(at(onsetEncoder.sampleRateHz))).onsets!,
    loudness: okValue(await loudnessEncoder.encode(at(loudnessEncoder.sampleRateHz))).curve!,
    motion: okValue(await motionEncoder.encode(halfSizeFrames(script))).curve!,
  };
}

/** Own music against the next clip's, and how many standard errors the mean difference is from 0. */
function separation(clips: readonly Measured[], metric: PairedMetric, output: 'onsets' | 'loudness') {
  const own = clips.map((clip) => okValue(metric.compare(clip[output], clip.motion)));
  const other = clips.map((clip, index) =>
    okValue(metric.compare(clips[(index + 1) % clips.length]![output], clip.motion)),
  );
  const differences = own.map((value, index) => value - other[index]!);
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const centre = mean(differences);
  const variance = differences.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (differences.length - 1);
  return { own: mean(own), other: mean(other), standardErrors: centre / Math.sqrt(variance / differences.length) };
}

describe('the truth of the demo world', () => {
  let clips: readonly Measured[] = [];
  beforeAll(async () => {
    clips = await Promise.all(testScripts.slice(0, 12).map(measure));
  }, 120_000);

  it('is found by AV-Align: own music meets the peaks of motion, another clip’s does not', () => {
    const { own, other, standardErrors } = separation(clips, avAlignFramediff, 'onsets');
    expect(own).toBeGreaterThan(0.5);
    expect(other).toBeLessThan(0.25);
    expect(standardErrors).toBeGreaterThan(6);
  });

  it('is found by dynamics correlation: own music is loud where there is motion', () => {
    const { own, other, standardErrors } = separation(clips, dynamicsCorrelation, 'loudness');
    expect(own).toBeGreaterThan(0.7);
    expect(other).toBeLessThan(0.4);
    expect(standardErrors).toBeGreaterThan(3);
  });
});

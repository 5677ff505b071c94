import { beforeAll, describe, expect, it } from 'vitest';
import type { FeatureMatrix } from '../../../src/core/features.js';
import { toMono } from '../../../src/dsp/mono.js';
import { createResampler } from '../../../src/dsp/resample.js';
import { createBeatsEncoder } from '../../../src/encoders/beats-encoder.js';
import { createCutsEncoder } from '../../../src/encoders/cuts-encoder.js';
import type { PairedMetric } from '../../../src/metrics/metric.js';
import { beatAgreement } from '../../../src/metrics/video/beat-agreement.js';
import { cutToBeat } from '../../../src/metrics/video/cut-to-beat.js';
import { makeScene, musicSampleRateHz, type SceneScript } from '../../../src/suites/demo-world/index.js';
import { okValue } from '../../baselines/painted-videos.js';
import { testScripts } from './demo-clips.js';
import { halfSizeFrames } from './half-size-frames.js';

interface Measured {
  readonly script: SceneScript;
  readonly beats: FeatureMatrix;
  readonly cuts: FeatureMatrix;
  readonly trueBeats: FeatureMatrix;
}

const beatsEncoder = createBeatsEncoder();
const cutsEncoder = createCutsEncoder();

async function measure(script: SceneScript): Promise<Measured> {
  const { music, annotations } = makeScene(script);
  const toHz = beatsEncoder.sampleRateHz;
  const mono = createResampler({ fromHz: musicSampleRateHz, toHz, kind: 'torchaudioHann' }).process(toMono(music));
  const { beatSeconds } = annotations;
  return {
    script,
    beats: okValue(await beatsEncoder.encode(mono)).beats!,
    cuts: okValue(await cutsEncoder.encode(halfSizeFrames(script))).cuts!,
    trueBeats: { rows: beatSeconds.length, columns: 1, data: Float32Array.from(beatSeconds) },
  };
}

describe('cuts and beats of the demo world', () => {
  let clips: readonly Measured[] = [];
  beforeAll(async () => {
    clips = await Promise.all(testScripts.slice(0, 6).map(measure));
  }, 180_000);

  /** The mean over the clips, each with the music of the clip `shift` places on. */
  const meanOf = (metric: PairedMetric, target: 'cuts' | 'trueBeats', shift: number): number => {
    const values = clips.map((clip, index) =>
      okValue(metric.compare(clips[(index + shift) % clips.length]!.beats, clip[target])),
    );
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  };

  it('the annotated cuts are found and nothing else', () => {
    for (const { script, cuts } of clips) {
      const found = Array.from({ length: cuts.rows }, (_, row) => cuts.data[2 * row]!);
      expect(found, script.id).toHaveLength(script.cutSeconds.length);
      for (const [index, time] of found.entries())
        expect(Math.abs(time - script.cutSeconds[index]!)).toBeLessThan(0.02);
    }
  });

  it('own music has a beat at the cuts, music of other clips and music moved in time do not', () => {
    expect(meanOf(cutToBeat, 'cuts', 0)).toBeGreaterThan(0.9);
    for (let shift = 1; shift < clips.length; shift++) expect(meanOf(cutToBeat, 'cuts', shift)).toBeLessThan(0.7);
    const rotated = clips.map(({ beats, cuts }) => okValue(cutToBeat.compare(cutToBeat.rotate!(beats, 0.37), cuts)));
    expect(rotated.reduce((sum, value) => sum + value, 0) / rotated.length).toBeLessThan(0.5);
  });

  it('the beats that are heard are the true ones, those of other clips are not', () => {
    const fMeasure = beatAgreement.find(({ id }) => id === 'beat-f-measure')!;
    expect(meanOf(fMeasure, 'trueBeats', 0)).toBeGreaterThan(0.7);
    for (let shift = 1; shift < clips.length; shift++) expect(meanOf(fMeasure, 'trueBeats', shift)).toBeLessThan(0.6);
  });
});

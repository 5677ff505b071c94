import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/core/outcome.js';
import type { ClipScore, Scores } from '../../src/core/score.js';
import { createResampler } from '../../src/dsp/resample.js';
import { locateBinaries } from '../../src/media/binaries.js';
import { writeWav } from '../../src/media/write-wav.js';
import { chords } from '../helpers/chords.js';
import { bench } from '../helpers/cli.js';

const execute = promisify(execFile);
const clips = ['one', 'two', 'three'] as const;
const metrics = [
  ...['clipped-share', 'silence-share', 'integrated-loudness', 'loudness-range', 'true-peak', 'bandwidth'],
  ...['dc-offset', 'stereo-width', 'self-repetition', 'copies-within-system', 'copies-of-references'],
  ...['duration-difference', 'loudness-difference', 'spectral-centroid-difference', 'chroma-cosine'],
  ...['chroma-agreement-audiocraft', 'log-mel-distance', 'reference-copy-share'],
  ...['clap-audio-similarity-music', 'clap-text-similarity-music'],
];
const seconds = 6;

/** A piece at 32 kHz, with nothing above 4 kHz. */
const piece = (name: string): Float32Array =>
  createResampler({ fromHz: 8000, toHz: 32000, kind: 'kaiserBest' }).process(chords(name, seconds));

describe('bench score with signal checks and comparisons', { timeout: 180_000 }, () => {
  let folder: string;
  let scores: Scores;
  let clipScores: readonly ClipScore[];
  const path = (name: string): string => join(folder, name);
  const write = (name: string, ...channels: Float32Array[]): Promise<unknown> =>
    writeWav(path(name), { sampleRateHz: 32000, channels });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bench-signal-'));
    for (const name of ['suite', 'same', 'odd']) await mkdir(path(name));
    const rows = ['id,video,reference,caption'];
    for (const clip of clips) {
      const picture = ['-f', 'lavfi', '-i', `testsrc2=size=160x120:rate=10:duration=${seconds}`];
      await execute(locateBinaries().ffmpeg, [
        '-v',
        'error',
        ...picture,
        '-pix_fmt',
        'yuv420p',
        path(`suite/${clip}.mp4`),
      ]);
      const music = piece(clip);
      await write(`suite/${clip}.wav`, music, music);
      await write(`same/${clip}.wav`, music, music);
      rows.push(`${clip},${clip}.mp4,${clip}.wav,${clip === 'three' ? '' : `"Plucked chords, piece ${clip}"`}`);
    }
    await writeFile(path('suite/clips.csv'), `${rows.join('\n')}\n`);
    const suite = { schemaVersion: 1, id: 'signal-suite', version: '1', title: 'Signals', description: 'For a test.' };
    await writeFile(path('suite/suite.json'), JSON.stringify({ ...suite, licence: 'CC0-1.0', metrics }));
    // The first clip gets the second one's music on one side, cut and clipped; the second a loop of other music; the third silence.
    const loud = piece('two').map((value) => Math.max(-1, Math.min(1, 8 * value)));
    await write('odd/one.wav', loud.subarray(0, 4 * 32000), new Float32Array(4 * 32000));
    const loop = piece('other').subarray(0, 2.048 * 32000);
    await write(
      'odd/two.wav',
      Float32Array.from({ length: seconds * 32000 }, (_, n) => 0.5 * loop[n % loop.length]! + 0.1),
    );
    await write('odd/three.wav', new Float32Array(seconds * 32000));
    const outputs = ['--outputs', `same=${path('same')}`, '--outputs', `odd=${path('odd')}`];
    const options = ['--out', path('run'), '--cache', path('cache'), '--models-from-recipe', '--quiet'];
    const { exitCode, stderr } = await bench(['score', '--suite', path('suite'), ...outputs, ...options]);
    expect(exitCode, stderr).toBe(0);
    const read = (name: string): Promise<string> => readFile(path(`run/${name}`), 'utf8');
    scores = (JSON.parse(await read('scores.json')) as { scores: Scores }).scores;
    clipScores = (await read('scores.per-clip.jsonl'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as ClipScore);
  }, 180_000);
  afterAll(() => rm(folder, { recursive: true }));

  const of = (system: string, clip: string, metric: string): Outcome<number> =>
    clipScores.find(({ systemId, clipId, metric: { id } }) => systemId === system && clipId === clip && id === metric)!
      .outcome;
  const value = (system: string, clip: string, metric: string): number => {
    const outcome = of(system, clip, metric);
    if (outcome.status !== 'ok') throw new Error(`${metric}: ${JSON.stringify(outcome)}`);
    return outcome.value;
  };

  it('gives every metric a figure, for both systems', () => {
    for (const { metric, systemId, outcome } of scores.figures)
      expect(outcome.status, `${metric.id} of ${systemId}: ${JSON.stringify(outcome)}`).toBe('ok');
    expect(scores.figures).toHaveLength(2 * metrics.length);
  });

  it('finds the references themselves without fault', () => {
    for (const clip of clips) {
      for (const id of ['clipped-share', 'stereo-width', 'loudness-difference', 'spectral-centroid-difference'])
        expect(value('same', clip, id), id).toBe(0);
      expect(value('same', clip, 'log-mel-distance')).toBe(0);
      expect(value('same', clip, 'duration-difference')).toBeLessThan(0.05);
      expect(value('same', clip, 'chroma-agreement-audiocraft')).toBe(1);
      expect(value('same', clip, 'chroma-cosine')).toBeCloseTo(1, 9);
      expect(value('same', clip, 'reference-copy-share')).toBe(1);
      expect(value('same', clip, 'clap-audio-similarity-music')).toBeCloseTo(1, 6);
      expect(Math.abs(value('same', clip, 'bandwidth') - 4000)).toBeLessThan(400);
    }
  });

  it('reports what is odd about a file', () => {
    expect(value('odd', 'one', 'clipped-share')).toBeGreaterThan(0.01);
    expect(value('odd', 'one', 'stereo-width')).toBeCloseTo(0.5, 6);
    expect(value('odd', 'one', 'duration-difference')).toBeCloseTo(2, 1);
    expect(value('odd', 'one', 'reference-copy-share')).toBe(0);
    expect(value('odd', 'two', 'dc-offset')).toBeCloseTo(0.1, 2);
    expect(value('odd', 'two', 'self-repetition')).toBeGreaterThan(0.4);
    expect(value('odd', 'two', 'chroma-cosine')).toBeLessThan(0.99);
    const copies = (id: string, system: string): Outcome<{ readonly value: number }> =>
      scores.figures.find(({ metric, systemId }) => metric.id === id && systemId === system)!.outcome;
    expect(copies('copies-within-system', 'odd')).toMatchObject({ value: { value: 0 } });
    expect(copies('copies-of-references', 'odd')).toMatchObject({ value: { value: 0.5 } });
    expect(copies('copies-of-references', 'same')).toMatchObject({ value: { value: 1 } });
  });

  it('measures silence, and says why it has no more than that', () => {
    expect(value('odd', 'three', 'silence-share')).toBe(1);
    expect(value('odd', 'three', 'clipped-share')).toBe(0);
    expect(of('odd', 'three', 'integrated-loudness')).toMatchObject({
      status: 'skipped',
      reason: expect.stringContaining('silence'),
    });
    expect(of('odd', 'three', 'true-peak')).toMatchObject({ reason: 'digital silence has no peak' });
    for (const id of ['chroma-cosine', 'log-mel-distance', 'clap-audio-similarity-music', 'self-repetition'])
      expect(of('odd', 'three', id).status, id).toBe('skipped');
  });

  it('holds music against captions, and skips the clip without one', () => {
    for (const clip of ['one', 'two'])
      expect(Math.abs(value('same', clip, 'clap-text-similarity-music'))).toBeLessThanOrEqual(1);
    expect(of('same', 'three', 'clap-text-similarity-music')).toMatchObject({
      status: 'skipped',
      reason: expect.stringContaining('no caption'),
    });
  });

  it('has yardsticks from the references', () => {
    const baselines = new Map(scores.baselines.map((baseline) => [baseline.metric.id, baseline]));
    expect(baselines.get('silence-share')!.realAgainstReal).toMatchObject({ status: 'ok', value: { clipCount: 3 } });
    expect(baselines.get('chroma-cosine')!.chanceShuffledPairs.status).toBe('ok');
    expect(baselines.get('chroma-cosine')!.chanceTimeShift.status).toBe('ok');
    expect(baselines.get('reference-copy-share')!.chanceShuffledPairs).toMatchObject({ value: { value: 0 } });
  });
});

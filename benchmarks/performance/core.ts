/** `npm run bench:core`: the numeric kernels, as ratios to references that are measured in the same run. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRng } from '../../src/core/rng.js';
import { melPowerSpectrogram } from '../../src/dsp/mel-spectrogram.js';
import { musicnnLogMel } from '../../src/dsp/musicnn-log-mel.js';
import { pinkNoise } from '../../src/dsp/pink-noise.js';
import { createResampler } from '../../src/dsp/resample.js';
import { createMusicnnEncoder } from '../../src/encoders/musicnn-encoder.js';
import type { Matrix } from '../../src/linalg/matrix.js';
import { locateBinaries } from '../../src/media/binaries.js';
import { writeWav } from '../../src/media/write-wav.js';
import { frechetDistance } from '../../src/metrics/frechet-distance.js';
import { createFarnebackFlow } from '../../src/pictures/flow/farneback-flow.js';
import { type Measurement, publish, secondsOf } from './measure.js';

const audioSeconds = 60;
const rng = seededRng('bench:core');

function randomMatrix(rows: number, columns: number): Matrix {
  return { rows, columns, data: Float64Array.from({ length: rows * columns }, () => rng.normal()) };
}

/** The yardstick: the textbook triple loop in float64, which no change of this repository makes faster. */
function naiveProduct(size: number): () => void {
  const a = randomMatrix(size, size).data;
  const b = randomMatrix(size, size).data;
  const out = new Float64Array(size * size);
  return () => {
    out.fill(0);
    for (let i = 0; i < size; i++) {
      for (let k = 0; k < size; k++) {
        const left = a[i * size + k]!;
        for (let j = 0; j < size; j++) out[i * size + j]! += left * b[k * size + j]!;
      }
    }
  };
}

const yardstick = 'textbook 512 x 512 float64 matrix product';
const yardstickSeconds = await secondsOf(naiveProduct(512));
const measurements: Measurement[] = [{ name: 'yardstick', seconds: yardstickSeconds, reference: yardstick, ratio: 1 }];

function onAudio(name: string, seconds: number, reference = { name: yardstick, seconds: yardstickSeconds }): void {
  measurements.push({
    name,
    seconds,
    audioSecondsPerSecond: audioSeconds / seconds,
    reference: reference.name,
    ratio: seconds / reference.seconds,
  });
}

const sound = pinkNoise({ sampleCount: 44_100 * audioSeconds, rng });
const path = join(mkdtempSync(join(tmpdir(), 'bench-core-')), 'noise.wav');
await writeWav(path, { sampleRateHz: 44_100, channels: [sound] });
const ffmpegSeconds = await secondsOf(() =>
  execFileSync(locateBinaries().ffmpeg, ['-v', 'error', '-i', path, '-ar', '16000', '-f', 'null', '-']),
);
for (const kind of ['torchaudioHann', 'kaiserBest'] as const) {
  const resampler = createResampler({ fromHz: 44_100, toHz: 16_000, kind });
  const seconds = await secondsOf(() => resampler.process(sound));
  onAudio(`resample 44.1 to 16 kHz, ${kind}`, seconds, {
    name: 'ffmpeg -ar 16000, process included',
    seconds: ffmpegSeconds,
  });
}

const mono = pinkNoise({ sampleCount: 16_000 * audioSeconds, rng });
onAudio('MusicNN log-mel', await secondsOf(() => musicnnLogMel(mono)));
onAudio(
  'onset mel spectrogram',
  await secondsOf(() =>
    melPowerSpectrogram(mono, { sampleRateHz: 16_000, fftSize: 2048, hopSamples: 512, bandCount: 128 }),
  ),
);
const encoder = createMusicnnEncoder('mtt');
onAudio('MusicNN MTT with its front end, 1 window a second', await secondsOf(() => encoder.encode(mono), 3));

for (const [columns, repeats] of [
  [512, 5],
  [2048, 1],
] as const) {
  const [x, y] = [randomMatrix(2 * columns, columns), randomMatrix(2 * columns, columns)];
  const seconds = await secondsOf(() => {
    if (frechetDistance(x, y).status !== 'ok') throw new Error('the Fréchet distance was refused');
  }, repeats);
  measurements.push({
    name: `Fréchet distance from features, d = ${columns}, N = ${2 * columns}`,
    seconds,
    reference: yardstick,
    ratio: seconds / yardstickSeconds,
  });
}

for (const [widthPx, heightPx] of [
  [640, 360],
  [1280, 720],
] as const) {
  const flowTo = createFarnebackFlow({ widthPx, heightPx });
  const frames = [0, 1].map(() => Uint8Array.from({ length: widthPx * heightPx }, () => 256 * rng.next()));
  let count = 0;
  const seconds = await secondsOf(() => flowTo(frames[count++ % 2]!));
  measurements.push({
    name: `optical flow, a frame of ${widthPx} x ${heightPx}`,
    seconds,
    reference: yardstick,
    ratio: seconds / yardstickSeconds,
  });
}

await publish('core', measurements);

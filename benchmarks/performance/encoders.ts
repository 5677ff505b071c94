/**
 * `npm run bench:encoders`: the imported networks at their official sizes (weights by formula: speed does not depend on them), two threads.
 * Targets are onnxruntime runs of PyTorch exports of the same modules on another machine; both machines are held against one matrix product.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bench1 } from '../../src/core/protocols/index.js';
import { seededRng } from '../../src/core/rng.js';
import { clapLogMel, clapWindowSamples } from '../../src/dsp/clap-sound.js';
import { passtLogMel } from '../../src/dsp/passt-log-mel.js';
import { pinkNoise } from '../../src/dsp/pink-noise.js';
import { createResampler } from '../../src/dsp/resample.js';
import { soundWindows } from '../../src/dsp/sound-windows.js';
import { vggishExamples } from '../../src/dsp/vggish-log-mel.js';
import type { AudioEncoder } from '../../src/encoders/encoder.js';
import { encodersOver } from '../../src/encoders/imported/index.js';
import { decodeAudio } from '../../src/media/decode-audio.js';
import { writeWav } from '../../src/media/write-wav.js';
import { createCnn14 } from '../../src/models/architectures/cnn14.js';
import { htsat } from '../../src/models/architectures/htsat.js';
import { imagebindAudio } from '../../src/models/architectures/imagebind-audio.js';
import { imagebindVision } from '../../src/models/architectures/imagebind-vision.js';
import { passt } from '../../src/models/architectures/passt.js';
import { vggish } from '../../src/models/architectures/vggish.js';
import { createGraphBuilder } from '../../src/models/graph/graph-builder.js';
import { cast, integers } from '../../src/models/graph/shape-operators.js';
import { writeModel } from '../../src/models/graph/write-model.js';
import { openImportedModel } from '../../src/models/import/imported-model.js';
import { type InputData, openSessionFile, type TensorData } from '../../src/models/session.js';
import { importUntrained } from '../../src/models/untrained/import-untrained.js';
import type { UntrainedNetwork } from '../../src/models/untrained/networks.js';
import { untrainedCheckpoint } from '../../src/models/untrained/weights.js';
import { type Measurement, publish, secondsOf } from './measure.js';

/**
 * A 1024 x 1024 float64 product on one thread of the machine of the targets: numpy took 0.0355 s; onnxruntime-node, which is measured here, took
 * 0.21 of numpy's 0.27 s at 2048 there.
 */
const yardstickThere = (0.0355 * 0.21) / 0.27;
const yardstick = '1024 x 1024 float64 matrix product, one thread';

const only = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), 'bench-encoders-'));
const rng = seededRng('bench:encoders');
const yardstickHere = await measureYardstick(1);
/** How much the second thread helps here: on two threads of one core, far from twice. */
const yardstickOnTwo = await measureYardstick(2);
const measurements: Measurement[] = [
  { name: 'yardstick', seconds: yardstickHere, reference: yardstick, ratio: 1 },
  {
    name: 'yardstick on two threads',
    seconds: yardstickOnTwo,
    reference: yardstick,
    ratio: yardstickOnTwo / yardstickHere,
  },
];

/** Seconds for one such product here. */
async function measureYardstick(threads: number): Promise<number> {
  const graph = createGraphBuilder('yardstick');
  const matrix = cast(graph, graph.input('matrix', 'float32', [1024, 1024]), 'float64');
  // A chain of ten, so that converting the input and the result does not count.
  let product = matrix;
  for (let turn = 0; turn < 10; turn++) product = graph.node('MatMul', [product, matrix]);
  const sum = graph.node('ReduceSum', [product, integers(graph, [0, 1])], { attributes: { keepdims: { int: 0 } } });
  graph.output('sum', cast(graph, sum, 'float32'), { shape: [] });
  const path = await mkdtemp(join(folder, 'yardstick-'));
  const built = graph.build();
  await writeModel(built, path, { dtype: 'f32', checkpoint: untrainedCheckpoint(built, 1) });
  await using session = await openSessionFile(join(path, 'model.onnx'), { threads });
  const data = Float32Array.from({ length: 1024 * 1024 }, () => rng.normal() / 32);
  return (await secondsOf(() => session.run({ matrix: { data, dims: [1024, 1024] } }), 5)) / 10;
}

interface Subject {
  readonly network: UntrainedNetwork;
  /** What is timed, for how many seconds of audio (0: pictures), and how fast onnxruntime was there in seconds of audio a second. */
  readonly boundary: string;
  readonly audioSeconds: number;
  readonly thereAudioSecondsPerSecond?: number;
  readonly thereSeconds?: number;
  readonly input?: () => Record<string, TensorData<InputData>>;
  readonly repeats?: number;
}

const noise = (seconds: number, hz: number): Float32Array => pinkNoise({ sampleCount: seconds * hz, rng });
const cnn14 = { melBands: 64, channels: [64, 128, 256, 512, 1024, 2048], embedding: 2048, classes: 527 };
const heads = [4, 8, 16, 32];
const htsatOf = (width: number, third: number): object => ({
  melBands: 64,
  width,
  stages: heads.map((count, stage) => ({ depth: stage === 2 ? third : 2, heads: count })),
  embedding: 512,
});
const network = (id: string, architecture: { readonly id: string }, dimensions: object): UntrainedNetwork =>
  ({ id, architecture, dimensions }) as UntrainedNetwork;

const subjects: readonly Subject[] = [
  {
    network: network('vggish', vggish, {
      frames: 96,
      melBands: 64,
      channels: [64, 128, 256, 256, 512, 512],
      widths: [4096, 4096, 128],
    }),
    boundary: 'from log-mel',
    audioSeconds: 30,
    thereAudioSecondsPerSecond: 120,
    input: () => {
      const { examples, data } = vggishExamples(noise(30, 16_000));
      return { logmel: { data, dims: [examples, 96, 64] } };
    },
  },
  ...(['cnn14-16k', 'cnn14-32k'] as const).map((id) => ({
    network: network(id, createCnn14(id), cnn14),
    boundary: 'from waveform',
    audioSeconds: 30,
    thereAudioSecondsPerSecond: id === 'cnn14-16k' ? 103.8 : 99.6,
  })),
  {
    network: network('clap-630k-audioset-audio', htsat, htsatOf(96, 6)),
    boundary: 'from waveform, 10 s windows (tiny)',
    audioSeconds: 30,
    thereAudioSecondsPerSecond: 163,
  },
  {
    network: network('clap-music-audio', htsat, htsatOf(128, 12)),
    boundary: 'from waveform, 10 s windows (base)',
    audioSeconds: 30,
    thereAudioSecondsPerSecond: 91.8,
  },
  {
    network: network('passt-s-10s', passt, {
      width: 768,
      hiddenWidth: 3072,
      depth: 12,
      classes: 527,
      patch: 16,
      rows: 12,
      columns: 99,
    }),
    boundary: 'from mel, batch 4',
    audioSeconds: 40,
    thereAudioSecondsPerSecond: 13.6,
    repeats: 3,
    input: () => {
      const { rows, columns, data } = passtLogMel(noise(10, 32_000));
      return { mel: { data: Float32Array.from([...data, ...data, ...data, ...data]), dims: [4, rows, columns] } };
    },
  },
  {
    network: network('imagebind-huge-audio', imagebindAudio, {
      ...{ width: 768, hiddenWidth: 3072, depth: 12, heads: 12, embedding: 1024, patch: 16, patches: 228 },
    }),
    boundary: 'from waveform, 3 clips of 2 s of a 10 s file',
    audioSeconds: 10,
    thereAudioSecondsPerSecond: 25.9,
  },
  {
    network: network('imagebind-huge-vision', imagebindVision, {
      ...{ width: 1280, hiddenWidth: 5120, depth: 32, heads: 16, embedding: 1024, patchFrames: 2, patch: 14, side: 16 },
    }),
    boundary: 'from pixels, 15 views of a file',
    audioSeconds: 0,
    thereSeconds: 11.5,
    repeats: 1,
    input: () => ({
      pixels: {
        data: Float32Array.from({ length: 15 * 3 * 2 * 224 * 224 }, () => rng.normal()),
        dims: [15, 3, 2, 224, 224],
      },
    }),
  },
];

for (const subject of subjects) {
  if (only.length > 0 && !only.some((part) => subject.network.id.includes(part))) continue;
  console.error(`${subject.network.id}: making weights`);
  const model = await importUntrained(subject.network, { folder });
  const { boundary, audioSeconds, repeats = 5 } = subject;
  const seconds = await secondsAt(subject, model, repeats);
  const there = subject.thereSeconds ?? audioSeconds / subject.thereAudioSecondsPerSecond!;
  measurements.push({
    name: `${model.card.id}, ${boundary}`,
    seconds,
    ...(audioSeconds > 0 ? { audioSecondsPerSecond: audioSeconds / seconds } : {}),
    reference: 'onnxruntime on the PyTorch export, scaled by the yardstick',
    ratio: seconds / (there * (yardstickHere / yardstickThere)),
  });
  if (audioSeconds > 0) await measureEndToEnd(encodersOver(model, bench1)[0] as AudioEncoder, seconds / audioSeconds);
  await rm(model.folder, { recursive: true });
}
await measureFrontEnds();
await publish('encoders', measurements, { store: only.length === 0 });
await rm(folder, { recursive: true });

async function secondsAt(
  subject: Subject,
  model: Awaited<ReturnType<typeof importUntrained>>,
  repeats: number,
): Promise<number> {
  if (subject.input !== undefined) {
    const feeds = subject.input();
    await using session = await openImportedModel(model);
    // Awaited here, since the session closes with the block.
    return await secondsOf(() => session.run(feeds), repeats);
  }
  const encoder = encodersOver(model, bench1)[0] as AudioEncoder;
  const mono = noise(subject.audioSeconds, encoder.sampleRateHz);
  return secondsOf(() => encoder.encode(mono), repeats);
}

/** A 44.1 kHz file of 30 s: decoded, resampled, through front end and network. */
async function measureEndToEnd(encoder: AudioEncoder, networkSecondsPerSecond: number): Promise<void> {
  const path = join(folder, 'noise.wav');
  const audioSeconds = 30;
  await writeWav(path, { sampleRateHz: 44_100, channels: [noise(audioSeconds, 44_100)] });
  const resampler = createResampler({ fromHz: 44_100, toHz: encoder.sampleRateHz, kind: 'torchaudioHann' });
  const seconds = await secondsOf(async () => {
    const decoded = await decodeAudio(path, { startSeconds: 0, durationSeconds: audioSeconds });
    if (decoded.status !== 'ok') throw new Error('the sound cannot be decoded');
    await encoder.encode(resampler.process(decoded.value.channels[0]!));
  }, 3);
  measurements.push({
    name: `${encoder.id}, end to end from a 44.1 kHz file`,
    seconds,
    audioSecondsPerSecond: audioSeconds / seconds,
    reference: 'the line above, for as much sound',
    ratio: seconds / (networkSecondsPerSecond * audioSeconds),
  });
}

/** The front ends alone, and the windows that fadtk takes of CLAP: ten times as many. */
async function measureFrontEnds(): Promise<void> {
  if (only.length > 0) return;
  const seconds = 30;
  const sound = noise(seconds, 48_000);
  const fronts: readonly (readonly [string, () => unknown])[] = [
    ['VGGish log-mel', () => vggishExamples(sound.subarray(0, 16_000 * seconds))],
    ['PaSST log-mel', () => passtLogMel(sound.subarray(0, 32_000 * seconds))],
    [
      'CLAP log-mel, 10 s windows',
      () => soundWindows(sound, bench1.windows.clap, clapWindowSamples).map((window) => clapLogMel(window)),
    ],
  ];
  for (const [name, work] of fronts) {
    const taken = await secondsOf(work);
    measurements.push({
      name,
      seconds: taken,
      audioSecondsPerSecond: seconds / taken,
      reference: yardstick,
      ratio: taken / yardstickHere,
    });
  }
}

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { EncoderFamily } from '../../src/core/protocol.js';
import { inCompat, protocolById, protocols } from '../../src/core/protocols/index.js';
import { seededRng } from '../../src/core/rng.js';
import type { Waveform } from '../../src/core/waveform.js';
import { integratedLoudness } from '../../src/dsp/loudness.js';
import { createResampler, type ResamplerKind } from '../../src/dsp/resample.js';
import { prepareAudio } from '../../src/run/prepare-audio.js';
import { expectAllClose } from '../helpers/all-close.js';
import { readNpy } from '../helpers/npy.js';
import { type AudioRecipe, recipeAudio } from '../helpers/recipe-audio.js';

const fixtures = fileURLToPath(new URL('../fixtures/resample/', import.meta.url));
const { inputs } = JSON.parse(readFileSync(`${fixtures}golden.json`, 'utf8')) as { inputs: readonly AudioRecipe[] };
/** What the official library makes of `music`, which is at 44.1 kHz; its own tolerance in test/dsp/resample.test.ts is below 1e-5. */
const official = (name: string): Float32Array => readNpy<Float32Array>(`${fixtures}${name}.npy`).data;
const music = recipeAudio(inputs.find(({ sr }) => sr === 44_100)!);
const other = Float32Array.from(music, (_, n) => 0.2 * Math.sin(n / 7) + 0.05);

interface Request {
  readonly family?: EncoderFamily;
  readonly sampleRateHz?: number;
  readonly channels?: readonly Float32Array[];
  readonly compat?: boolean;
}

/** What an encoder hears under a protocol. */
function heard(
  id: string,
  { family, sampleRateHz = 16_000, channels = [music], compat = false }: Request,
): Float32Array {
  const protocol = compat ? inCompat(protocolById(id)) : protocolById(id);
  const prepared = prepareAudio({ sampleRateHz: 44_100, channels }, { protocol, leadingSilenceSeconds: 0 });
  if (prepared.status !== 'ok') throw new Error(JSON.stringify(prepared));
  return prepared.value.forEncoder({
    sampleRateHz,
    loudnessMatched: true,
    ...(family === undefined ? {} : { family }),
  });
}

const resampled = (samples: Float32Array, kind: ResamplerKind, toHz = 16_000): Float32Array =>
  createResampler({ fromHz: 44_100, toHz, kind }).process(samples);
const meanOf = (samples: Float32Array): number => samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
const less = (samples: Float32Array, amount: number): Float32Array => samples.map((sample) => sample - amount);
/** Two channels whose mean is `music`. */
const stereo = [music.map((sample) => 2 * sample), new Float32Array(music.length)];
const step = 1 / 32_768;

describe('fadtk-1.1 and kadtk', () => {
  it.each(['fadtk-1.1', 'kadtk'])('%s: mean, Kaiser 64, 16-bit file', (id) => {
    const expected = official('44100_16000.torchaudio_kaiser_fadtk').map((y) => Math.round(y * 32_768) / 32_768);
    const got = heard(id, { channels: stereo, family: 'cnn14' });
    // Where rounding hangs on the resampler's last digits, one step of 16 bits.
    expectAllClose(got, expected, { atol: step });
    expect(got.filter((y, n) => y !== expected[n]).length / got.length).toBeLessThan(0.02);
    for (const y of got) expect(Number.isInteger(y * 32_768)).toBe(true);
  });

  it('pads sound under 1 s for VGGish only, and quantises for CLAP once more', () => {
    const short = [music.slice(0, 4410)];
    expect(heard('fadtk-1.1', { channels: short, family: 'vggish' })).toHaveLength(16_000);
    expect(heard('fadtk-1.1', { channels: short, family: 'cnn14' })).toHaveLength(1600);
    const plain = heard('fadtk-1.1', { family: 'cnn14', sampleRateHz: 48_000 });
    expectAllClose(
      heard('fadtk-1.1', { family: 'clap', sampleRateHz: 48_000 }),
      plain.map((y) => Math.fround(Math.trunc(Math.fround(y * 32_767)) / 32_767)),
      { atol: 1e-9 },
    );
  });

  it('prepares the same sound with and without compat, which is a matter of numerics', () => {
    expect(heard('kadtk', { compat: true })).toEqual(heard('kadtk', {}));
  });
});

describe('google-fad', () => {
  it('divides 16-bit sound by its largest sample', () => {
    const pcm = official('44100_16000.torchaudio_default').map((y) => Math.round(y * 32_768));
    const most = pcm.reduce((max, y) => Math.max(max, y), 0.1);
    const got = heard('google-fad', { channels: stereo });
    expectAllClose(
      got,
      pcm.map((y) => y / most),
      { atol: 1.5 / most },
    );
    expect(got.reduce((max, y) => Math.max(max, y), 0)).toBe(1);
  });

  it('goes by the positive peak, however deep the negative one', () => {
    const lopsided = music.map((sample) => (sample > 0 ? 0.5 * sample : sample));
    const got = heard('google-fad', { channels: [lopsided] });
    expect(Math.max(...got)).toBe(1);
    expect(Math.min(...got)).toBeLessThan(-1);
  });
});

describe('gudgud-vggish', () => {
  it('takes the mean and resamples with resampy', () => {
    const got = heard('gudgud-vggish', { channels: stereo, family: 'vggish' });
    expectAllClose(got, official('44100_16000.resampy_kaiser_best'), { atol: 1e-5 });
  });
});

describe('audioldm-eval-cnn14-16k', () => {
  it('takes the first channel less its mean, then resamples', () => {
    const offset = less(music, -0.25);
    expectAllClose(
      heard('audioldm-eval-cnn14-16k', { channels: [offset, other] }).subarray(0, 4001),
      resampled(less(offset, meanOf(offset)), 'torchaudioHannFloat32'),
      { atol: 2e-6 },
    );
  });

  it('fills up to 32,000 samples', () => {
    const got = heard('audioldm-eval-cnn14-16k', { channels: [music] });
    expect(got).toHaveLength(32_000);
    expect(got.subarray(4001).every((y) => y === 0)).toBe(true);
  });

  it('takes the mean off before it resamples: a constant leaves no edge', () => {
    const got = heard('audioldm-eval-cnn14-16k', { channels: [new Float32Array(88_200).fill(0.5)] });
    expect(got.every((y) => y === 0)).toBe(true);
  });
});

describe('av-benchmark', () => {
  it('takes the mean of the channels less its mean, then resamples', () => {
    const mono = music.map((sample, n) => (sample + other[n]!) / 2);
    expectAllClose(
      heard('av-benchmark', { channels: [music, other] }),
      resampled(less(mono, meanOf(mono)), 'torchaudioHann'),
      { atol: 2e-7 },
    );
  });

  it('leaves ImageBind the first channel and Synchformer its mean', () => {
    expectAllClose(
      heard('av-benchmark', { channels: [music, other], family: 'imagebind' }),
      official('44100_16000.torchaudio_default'),
      { atol: 1e-5 },
    );
    expectAllClose(
      heard('av-benchmark', { channels: [music, other], family: 'synchformer' }),
      resampled(
        music.map((sample, n) => (sample + other[n]!) / 2),
        'torchaudioHann',
      ),
      { atol: 2e-7 },
    );
  });
});

describe('stable-audio-metrics', () => {
  it('takes the mean, resamples with soxr HQ and brings the peak to -1 dB', () => {
    const base = official('44100_16000.soxr_hq_librosa');
    const peak = base.reduce((max, y) => Math.max(max, Math.abs(y)), 0);
    expectAllClose(
      heard('stable-audio-metrics', { channels: stereo, family: 'passt' }),
      base.map((y) => (y / peak) * 10 ** (-1 / 20)),
      { atol: 2e-5 },
    );
  });
});

describe('stable-audio-metrics for OpenL3', () => {
  it('brings the peak of all channels to -1 dB, limits the band by soxr and resamples as resampy did before 0.4', () => {
    const peak = Math.max(...[...music, ...other].map(Math.abs));
    const limited = (samples: Float32Array): Float32Array =>
      createResampler({ fromHz: 44_100, toHz: 48_000, kind: 'resampy02KaiserBest' }).process(
        samples.map((sample) => (sample / peak) * 10 ** (-1 / 20)),
      );
    const prepared = prepareAudio(
      { sampleRateHz: 44_100, channels: [music, other] },
      { protocol: protocolById('stable-audio-metrics'), leadingSilenceSeconds: 0 },
    );
    if (prepared.status !== 'ok') throw new Error('not prepared');
    const openl3 = { sampleRateHz: 48_000, loudnessMatched: true, family: 'openl3' } as const;
    const both = prepared.value.channelsFor({ ...openl3, modality: 'stereo' });
    [music, other].forEach((samples, channel) => {
      expectAllClose(both[channel]!, limited(samples), { atol: 1e-6 });
    });
    expectAllClose(
      prepared.value.forEncoder(openl3),
      both[0]!.map((left, n) => (left + both[1]![n]!) / 2),
      { atol: 1e-6 },
    );
  });

  it('goes by way of 44.1 kHz whatever the rate of the file', () => {
    const prepared = prepareAudio(
      { sampleRateHz: 48_000, channels: [music] },
      { protocol: protocolById('stable-audio-metrics'), leadingSilenceSeconds: 0 },
    );
    if (prepared.status !== 'ok') throw new Error('not prepared');
    const got = prepared.value.forEncoder({ sampleRateHz: 48_000, loudnessMatched: true, family: 'openl3' });
    const peak = music.reduce((max, y) => Math.max(max, Math.abs(y)), 0);
    const scaled = music.map((sample) => (sample / peak) * 10 ** (-1 / 20));
    const there = createResampler({ fromHz: 48_000, toHz: 44_100, kind: 'soxrHq' }).process(scaled);
    const back = createResampler({ fromHz: 44_100, toHz: 48_000, kind: 'resampy02KaiserBest' }).process(there);
    expectAllClose(got, back, { atol: 1e-6 });
  });
});

describe('audiocraft-kld', () => {
  it('resamples each channel with julius and takes the mean', () => {
    const got = heard('audiocraft-kld', { channels: stereo, family: 'passt' });
    expectAllClose(got, official('44100_16000.julius_audiocraft'), { atol: 1e-5 });
  });
});

describe('v2m-paper', () => {
  it('prepares each network as the tool that papers used for it', () => {
    const channels = [music, other];
    expect(heard('v2m-paper', { channels, family: 'vggish' })).toEqual(heard('gudgud-vggish', { channels }));
    expect(heard('v2m-paper', { channels, family: 'cnn14' })).toEqual(heard('audioldm-eval-cnn14-16k', { channels }));
    expect(heard('v2m-paper', { channels, family: 'imagebind' })).toEqual(
      heard('av-benchmark', { channels, family: 'imagebind' }),
    );
    expectAllClose(
      heard('v2m-paper', { channels: stereo, family: 'clap', sampleRateHz: 48_000 }),
      official('44100_48000.soxr_hq_librosa').map((y) => Math.trunc(y * 32_767) / 32_767),
      { atol: 1.01 / 32_767 },
    );
  });
});

describe('bench-1', () => {
  it('is what it was: mean, one gain measured at the source’s rate, one resampling, bit for bit', () => {
    // Loudness needs 0.4 s.
    const [left, right] = [music, other].map((samples) => Float32Array.from([...samples, ...samples]));
    const mono: Waveform = { sampleRateHz: 44_100, channels: [left!.map((sample, n) => (sample + right![n]!) / 2)] };
    const lufs = integratedLoudness(mono);
    if (lufs.status !== 'ok') throw new Error('no loudness');
    const gain = 10 ** ((-23 - lufs.value) / 20);
    for (const toHz of [16_000, 32_000, 44_100, 48_000])
      expect(heard('bench-1', { channels: [left!, right!], sampleRateHz: toHz })).toEqual(
        resampled(mono.channels[0]!, 'torchaudioHann', toHz).map((y) => y * gain),
      );
  });
});

/** 0.5 sin(2π 440 n / fs) + 0.25 sin(2π 3000 n / fs), 1 s: first, 1001st and last sample and RMS by an independent float64 program. */
const tones = Float32Array.from(
  { length: 44_100 },
  (_, n) => 0.5 * Math.sin((2 * Math.PI * 440 * n) / 44_100) + 0.25 * Math.sin((2 * Math.PI * 3000 * n) / 44_100),
);

describe('two tones', () => {
  const measures = (y: Float32Array): number[] => [
    ...[y[0]!, y[1000]!, y.at(-1)!],
    Math.sqrt(y.reduce((sum, value) => sum + value * value, 0) / y.length),
  ];

  it.each([
    [16_000, [0.03728048, 0.00000204, -0.31089896, 0.39539568]],
    [32_000, [0.01084715, -0.75008327, -0.17971758, 0.39537261]],
    [48_000, [0.00036304, 0.43316231, -0.12202375, 0.39538447]],
  ] as const)('av-benchmark at %i Hz', (sampleRateHz, expected) => {
    expectAllClose(measures(heard('av-benchmark', { channels: [tones], sampleRateHz })), expected, { atol: 2e-6 });
  });

  it.each([
    [16_000, [0.03852795, 0, -0.30914197, 0.3952844]],
    [32_000, [0.01194296, -0.75, -0.1785656, 0.39528467]],
    [48_000, [0.00183831, 0.4330127, -0.12043902, 0.3952847]],
  ] as const)('fadtk-1.1 at %i Hz, to half a step of 16 bits', (sampleRateHz, expected) => {
    const got = measures(heard('fadtk-1.1', { channels: [tones], sampleRateHz, family: 'cnn14' }));
    expectAllClose(got, expected, { atol: step / 2 + 1e-6 });
  });
});

describe('every protocol', () => {
  it.each(protocols.map(({ id }) => id))('%s leaves the decoded sound alone and gives the same again', (id) => {
    const rng = seededRng(1);
    const channels = [0, 1].map(() => Float32Array.from({ length: 44_100 }, () => rng.next() - 0.5));
    const before = channels.map((samples) => samples.slice());
    const first = heard(id, { channels });
    expect(heard(id, { channels })).toEqual(first);
    expect(channels).toEqual(before);
    expect(first.every(Number.isFinite)).toBe(true);
  });

  it.each(protocols.map(({ id }) => id).filter((id) => id !== 'bench-1'))('%s hands silence on', (id) => {
    const got = heard(id, { channels: [new Float32Array(88_200)] });
    expect(got.length).toBeGreaterThanOrEqual(32_000);
    expect(got.every((y) => y === 0)).toBe(true);
  });
});

import type { Outcome } from '../../core/outcome.js';
import { durationSecondsOf, type Waveform } from '../../core/waveform.js';
import { passAudio } from '../../media/filter-audio.js';
import { fitDuration } from '../fit-duration.js';
import type { Damage, DamageInput } from './damage.js';

/** Faults that ffmpeg makes: its AAC encoder is in every build, and so are `atempo` and `asetrate`. */
export const ffmpegDamages: readonly Damage[] = [
  {
    id: 'codec',
    version: 1,
    title: 'Codec at a low bit rate',
    summary: 'Through AAC and back (ffmpeg’s encoder, mono, 32 kHz).',
    levels: [96, 48, 24, 16, 8],
    levelText: (kilobits) => `${kilobits} kbit/s`,
    apply: (input) =>
      passed(input, {
        outputOptions: ['-ac', '1', '-ar', '32000', '-c:a', 'aac', '-b:a', `${input.level}k`, '-f', 'mp4'],
        extension: '.m4a',
      }),
  },
  {
    id: 'pitch-shift',
    version: 1,
    title: 'Pitch shift',
    summary: 'Higher by semitones at an unchanged tempo (ffmpeg’s asetrate and atempo).',
    levels: [0.5, 1, 2, 4, 7],
    levelText: (semitones) => `+${semitones} semitones`,
    apply: (input) => {
      const ratio = 2 ** (input.level / 12);
      const { sampleRateHz } = input.music;
      const raised = Math.round(sampleRateHz * ratio);
      const filters = `asetrate=${raised},aresample=${sampleRateHz},atempo=${(sampleRateHz / raised).toFixed(6)}`;
      return passed(input, { outputOptions: wavThrough(filters), extension: '.wav' });
    },
  },
  {
    id: 'tempo-shift',
    version: 1,
    title: 'Tempo shift',
    summary: 'Faster at an unchanged pitch (ffmpeg’s atempo), begun anew to fill the length.',
    levels: [1.03, 1.06, 1.12, 1.25, 1.5],
    levelText: (ratio) => `× ${ratio}`,
    apply: (input) => passed(input, { outputOptions: wavThrough(`atempo=${input.level}`), extension: '.wav' }),
  },
];

function wavThrough(filters: string): string[] {
  return ['-af', filters, '-c:a', 'pcm_f32le', '-f', 'wav'];
}

/** The sound at its old length, whatever a filter or a codec's padding did to it. */
async function passed(
  { music, signal }: DamageInput,
  pass: { readonly outputOptions: readonly string[]; readonly extension: string },
): Promise<Outcome<Waveform>> {
  const through = await passAudio(music, { ...pass, signal });
  return through.status === 'ok' ? fitDuration(through.value, durationSecondsOf(music)) : through;
}

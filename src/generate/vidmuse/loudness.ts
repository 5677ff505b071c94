import { torchaudioLoudness } from '../../dsp/torchaudio-loudness.js';

const targetLufs = -16;
/** Sound whose root mean square is below is left as it is. */
const quietest = 2e-3;

export type LoudnessMode = 'upstream' | 'none';

/**
 * The authors' last step (VidMuse 1e9296e, demos/VidMuse_app.py:209-211; audiocraft/data/audio_utils.py:57-83): to -16 LUFS, tanh against peaks, cut
 * to [-1, 1]. Quiet sound, silence and sound below 0.4 s stay as they are; upstream refuses the last.
 */
export function upstreamLoudness(mono: Float32Array, sampleRateHz: number): Float32Array {
  if (rootMeanSquare(mono) < quietest) return mono;
  const loudness = torchaudioLoudness(mono, sampleRateHz);
  if (loudness.status !== 'ok') return mono;
  const gain = 10 ** ((targetLufs - loudness.value) / 20);
  return mono.map((sample) => Math.max(-1, Math.min(1, Math.tanh(gain * sample))));
}

function rootMeanSquare(samples: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < samples.length; index++) sum += samples[index]! * samples[index]!;
  return Math.sqrt(sum / Math.max(1, samples.length));
}

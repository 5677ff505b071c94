import { failed, type Outcome, ok } from '../core/outcome.js';
import { lengthOf, type Waveform } from '../core/waveform.js';
import { sampleCountOf } from './sound-format.js';

/** Long enough to hide the click of a seam, short enough not to be heard as a gap. */
export const seamFadeSeconds = 0.05;

/**
 * The music at exactly `durationSeconds`. Longer music is cut at the end; shorter music is repeated from its start with
 * an equal-power crossfade of `seamFadeSeconds` at each seam (the repeats are rarely in phase, so powers add, not
 * amplitudes). A cut end fades out linearly over the same time. Music of the right length passes through untouched.
 */
export function fitDuration(music: Waveform, durationSeconds: number): Outcome<Waveform> {
  const length = lengthOf(music);
  if (length === 0) return failed('empty-music', 'the music to fit to the clip has no samples');
  const target = sampleCountOf(durationSeconds, music.sampleRateHz);
  if (target === length) return ok(music);
  const fade = Math.min(
    Math.round(seamFadeSeconds * music.sampleRateHz),
    Math.floor(length / 2),
    Math.floor(target / 2),
  );
  const channels = music.channels.map((channel) => fadeOut(repeated(channel, { target, fade }), fade));
  return ok({ sampleRateHz: music.sampleRateHz, channels });
}

/** The channel laid end over end, `fade` samples overlapping, until `target` samples are filled. */
function repeated(channel: Float32Array, { target, fade }: { target: number; fade: number }): Float32Array {
  const output = new Float32Array(target);
  const stride = channel.length - fade;
  for (let start = 0; start < target; start += stride) addCopy(output, channel, { start, fade });
  return output;
}

function addCopy(output: Float32Array, copy: Float32Array, { start, fade }: { start: number; fade: number }): void {
  const count = Math.min(copy.length, output.length - start);
  for (let index = 0; index < count; index++) {
    const rising = start > 0 ? gainAt(index, fade) : 1;
    const falling = gainAt(copy.length - 1 - index, fade);
    output[start + index]! += copy[index]! * rising * falling;
  }
}

/** Quarter sine over the first `fade` samples, 1 after it. */
function gainAt(index: number, fade: number): number {
  return index < fade ? Math.sin(((index + 0.5) / fade) * (Math.PI / 2)) : 1;
}

function fadeOut(samples: Float32Array, fade: number): Float32Array {
  for (let back = 0; back < fade; back++) samples[samples.length - 1 - back]! *= (back + 0.5) / fade;
  return samples;
}

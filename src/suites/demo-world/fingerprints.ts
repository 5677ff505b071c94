import { createHash } from 'node:crypto';
import { lengthOf, type Waveform } from '../../core/waveform.js';

/** SHA-256 over the RGB bytes of all frames, in order. */
export function framesSha256(frames: Iterable<Uint8Array>): string {
  const hash = createHash('sha256');
  for (const frame of frames) hash.update(frame);
  return hash.digest('hex');
}

/** SHA-256 of the sound as `pcm16Of` writes it. */
export function pcmSha256(music: Waveform): string {
  return createHash('sha256').update(pcm16Of(music)).digest('hex');
}

/** Interleaved 16-bit little-endian PCM: 1 becomes 32767, and what lies beyond is clipped. */
export function pcm16Of(music: Waveform): Uint8Array {
  const channelCount = music.channels.length;
  const bytes = new Uint8Array(2 * lengthOf(music) * channelCount);
  music.channels.forEach((samples, channel) => {
    for (let index = 0; index < samples.length; index++) {
      const value = Math.round(32767 * Math.max(-1, Math.min(1, samples[index]!)));
      const at = 2 * (index * channelCount + channel);
      bytes[at] = value & 0xff;
      bytes[at + 1] = (value >> 8) & 0xff;
    }
  });
  return bytes;
}

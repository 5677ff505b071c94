import { createHash } from 'node:crypto';
import type { Waveform } from '../core/waveform.js';
import type { ClipMaker, RenderedClip } from './clip-maker.js';
import { annotationsOf } from './demo-world/annotations.js';
import * as world from './demo-world/index.js';

/** The maker behind `"maker": "demo-world"`. */
export const demoMaker: ClipMaker = {
  id: 'demo-world',
  version: world.demoWorldVersion,
  read: (cells, place) => {
    const script = world.parseScene(cells, place);
    const { id, split, durationSeconds, framesSha256, pcmSha256 } = script;
    const render = (): RenderedClip => rendered(script);
    return { id, split, durationSeconds, framesSha256, pcmSha256, annotations: annotationsOf(script), render };
  },
};

function rendered(script: world.SceneScript): RenderedClip {
  const { frames, music } = world.makeScene(script);
  const pcm = world.pcm16Of(music);
  return {
    widthPx: world.frameWidthPx,
    heightPx: world.frameHeightPx,
    framesPerSecond: world.framesPerSecond,
    frames,
    music: fromPcm16(pcm, music),
    pcmSha256: createHash('sha256').update(pcm).digest('hex'),
  };
}

/** The sound that the hashed bytes stand for: the WAV then holds exactly those. */
function fromPcm16(pcm: Uint8Array, { sampleRateHz, channels }: Waveform): Waveform {
  const view = new DataView(pcm.buffer, pcm.byteOffset, pcm.byteLength);
  const decoded = channels.map((channel, column) => {
    const samples = new Float32Array(channel.length);
    for (let index = 0; index < samples.length; index++) {
      samples[index] = view.getInt16(2 * (index * channels.length + column), true) / 32768;
    }
    return samples;
  });
  return { sampleRateHz, channels: decoded };
}

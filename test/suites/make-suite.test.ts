import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../src/core/hash.js';
import { decodeAudio } from '../../src/media/decode-audio.js';
import { probeMedia } from '../../src/media/probe.js';
import type { ClipMaker } from '../../src/suites/clip-maker.js';
import { demoMaker } from '../../src/suites/demo-maker.js';
import { readMadeClips } from '../../src/suites/made-clips.js';
import { type MakeProgress, makeSuite } from '../../src/suites/make-suite.js';

const root = mkdtempSync(join(tmpdir(), 'bench-make-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** One second of a grey that brightens and a constant sound, from a row `id,grey`. */
const greyMaker: ClipMaker = {
  id: 'grey',
  version: 1,
  read: (cells) => {
    const grey = Number(cells.grey);
    const frames = Array.from({ length: 12 }, (_, index) => new Uint8Array(3 * 32 * 32).fill(grey + index));
    const music = { sampleRateHz: 8000, channels: [new Float32Array(8000).fill(grey / 256)] };
    const pcmSha256 = sha256Hex(`pcm ${grey}`);
    return {
      id: cells.id!,
      split: 'test',
      durationSeconds: 1,
      annotations: { beatSeconds: [], cutSeconds: [], valence: 0, arousal: 0 },
      framesSha256: cells.frames_sha256 || sha256Hex(Buffer.concat(frames)),
      pcmSha256,
      render: () => ({ widthPx: 32, heightPx: 32, framesPerSecond: 12, frames, music, pcmSha256 }),
    };
  },
};

async function read(csv: string): Promise<Awaited<ReturnType<typeof readMadeClips>>> {
  const folder = mkdtempSync(join(root, 'suite-'));
  writeFileSync(join(folder, 'clips.csv'), csv);
  return readMadeClips(join(folder, 'clips.csv'), { maker: greyMaker, suiteId: 'grey', cacheDir: folder });
}

describe('makeSuite', () => {
  it('makes every clip, as video and as sound', async () => {
    const { toMake, folder, clips } = await read('id,grey\na,10\nb,20\nc,30');
    const progress: MakeProgress[] = [];
    await makeSuite(toMake, { folder, onProgress: (step) => progress.push(step) });
    expect(progress.map(({ done, total }) => [done, total])).toEqual([
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
    expect(readdirSync(folder).sort()).toEqual(
      ['a', 'b', 'c'].flatMap((id) => [`${id}.json`, `${id}.mp4`, `${id}.wav`]),
    );
    const info = await probeMedia(clips[1]!.videoPath!);
    expect(info.video).toMatchObject({ widthPx: 32, heightPx: 32, framesPerSecond: 12, frameCount: 12 });
    expect(info.audio?.codec).toBe('aac');
    const music = await decodeAudio(clips[1]!.referencePath!);
    expect(music.status === 'ok' && music.value.channels[0]).toEqual(new Float32Array(8000).fill(20 / 256));
  });

  it('makes only what is missing or cut off', async () => {
    const { toMake, folder, clips } = await read('id,grey\na,10\nb,20\nc,30');
    await makeSuite(toMake, { folder });
    rmSync(join(folder, 'b.json'));
    truncateSync(clips[2]!.videoPath!, 100);
    const before = statSync(clips[0]!.videoPath!).mtimeMs;
    const made: string[] = [];
    await makeSuite(toMake, { folder, onProgress: ({ clipId }) => made.push(clipId) });
    expect(made.sort()).toEqual(['b', 'c']);
    expect(statSync(clips[0]!.videoPath!).mtimeMs).toBe(before);
    expect(statSync(clips[2]!.videoPath!).size).toBeGreaterThan(100);
  });

  it('refuses content other than the suite states, and leaves the clip unmade', async () => {
    const { toMake, folder } = await read(`id,grey,frames_sha256\na,10,${'0'.repeat(64)}`);
    await expect(makeSuite(toMake, { folder })).rejects.toMatchObject({ code: 'made-clip-differs' });
    expect(readdirSync(folder)).not.toContain('a.json');
  });

  it('stops on request', async () => {
    const { toMake, folder } = await read('id,grey\na,10\nb,20\nc,30\nd,40');
    const abort = new AbortController();
    const making = makeSuite(toMake, { folder, jobs: 1, signal: abort.signal, onProgress: () => abort.abort() });
    await expect(making).rejects.toMatchObject({ kind: 'interrupted' });
    expect(readdirSync(folder).filter((name) => name.endsWith('.json'))).toEqual(['a.json']);
  });
});

describe('readMadeClips', () => {
  it('names another folder when a script changes', async () => {
    const [one, same, other] = await Promise.all([
      read('id,grey\na,10'),
      read('id,grey\r\na,10\n'),
      read('id,grey\na,11'),
    ]);
    const name = (made: { folder: string }): string | undefined => made.folder.split('/').at(-1);
    expect(name(one)).toBe(name(same));
    expect(name(one)).not.toBe(name(other));
    expect(one.contentHashes).not.toEqual(other.contentHashes);
  });

  it('refuses two clips of one id', async () => {
    await expect(read('id,grey\na,10\nA,20')).rejects.toThrow(/line 3: id: line 2 has the same id/);
  });
});

describe('demoMaker', () => {
  it('gives the sound that its hash stands for', () => {
    const cells = {
      ...{
        id: 'x',
        split: 'test',
        seed: '7',
        duration_seconds: '2',
        cuts: '1',
        motion: '0:0.5',
        hits: '',
        palette: 'ember',
      },
      ...{
        brightness: '0.5',
        valence: '0.2',
        arousal: '0.1',
        frames_sha256: '0'.repeat(64),
        pcm_sha256: '0'.repeat(64),
      },
    };
    const script = demoMaker.read(cells, { file: 'clips.csv', line: 2 });
    expect(script).toMatchObject({ id: 'x', durationSeconds: 2, annotations: { cutSeconds: [1], valence: 0.2 } });
    const { music, pcmSha256, frames, widthPx, heightPx } = script.render();
    const steps = music.channels.map((channel) => channel.map((sample) => sample * 32768));
    const bytes = Int16Array.from({ length: 2 * steps[0]!.length }, (_, index) => steps[index % 2]![index >> 1]!);
    expect(createHash('sha256').update(new Uint8Array(bytes.buffer)).digest('hex')).toBe(pcmSha256);
    expect([...frames]).toHaveLength(24);
    expect([...frames][0]).toHaveLength(3 * widthPx * heightPx);
  });
});

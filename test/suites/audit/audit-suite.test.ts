import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Clip } from '../../../src/core/clip.js';
import { locateBinaries } from '../../../src/media/binaries.js';
import { auditSuite } from '../../../src/suites/audit/audit-suite.js';
import { loadSuite } from '../../../src/suites/load-suite.js';
import { testCache } from '../../helpers/cli.js';

const run = promisify(execFile);

describe('auditSuite', { timeout: 240_000 }, () => {
  let demo: readonly Clip[];
  let folder: string;
  const ffmpeg = async (...args: string[]): Promise<void> => {
    await run(locateBinaries().ffmpeg, ['-v', 'error', '-y', ...args]);
  };
  const clip = (id: string, path: string): Clip => ({ id, videoPath: path, startSeconds: 0, split: 'test' });

  beforeAll(async () => {
    demo = (await loadSuite('demo', { cacheDir: testCache })).clips;
    folder = await mkdtemp(join(tmpdir(), 'bench-audit-'));
  }, 240_000);

  it('finds in another set the passages that were cut, coded and made quieter, and nothing else', async () => {
    const [first, second] = [demo[2]!, demo[7]!];
    const cut = join(folder, 'cut.mp3');
    await ffmpeg('-ss', '1.5', '-i', first.referencePath!, '-t', '5', '-b:a', '64k', '-af', 'volume=0.3', cut);
    const coded = join(folder, 'coded.ogg');
    await ffmpeg('-i', second.referencePath!, '-c:a', 'libvorbis', '-q:a', '1', coded);
    const audit = await auditSuite(demo, [clip('cut', cut), clip('coded', coded)], { jobs: 2 });
    expect(audit.leaks!.map(({ clipId, otherId }) => [clipId, otherId])).toEqual([
      [first.id, 'cut'],
      [second.id, 'coded'],
    ]);
    expect(audit.leaks![0]!.match.offsetSeconds).toBeCloseTo(-1.5, 1);
    expect(audit.within).toEqual([]);
    expect(audit.clips).toHaveLength(demo.length);
    for (const { loudnessLufs, truePeakDb } of audit.clips)
      expect([loudnessLufs.status, truePeakDb.status]).toEqual(['ok', 'ok']);
  });

  it('says what it could not measure, and finds music that two clips share', async () => {
    const clips: Clip[] = [
      demo[0]!,
      { ...demo[0]!, id: 'again' },
      { id: 'gone', missing: 'there is no file with its video', startSeconds: 0, split: 'test' },
      { ...demo[1]!, id: 'mute', referenceMissing: 'the video has no sound track' },
    ];
    const audit = await auditSuite(clips, undefined, { jobs: 2 });
    expect(audit.within).toMatchObject([{ clipId: demo[0]!.id, otherId: 'again', match: { share: 1 } }]);
    expect(audit.unmeasured).toEqual([
      { clipId: 'gone', reason: 'there is no file with its video' },
      { clipId: 'mute', reason: 'the video has no sound track' },
    ]);
    expect(audit.leaks).toBeUndefined();
  });
});

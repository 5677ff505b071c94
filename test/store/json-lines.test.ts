import { appendFile, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openJsonLines, readJsonLines } from '../../src/store/json-lines.js';

async function freshPath(): Promise<string> {
  return join(await mkdtemp(join(tmpdir(), 'json-lines-')), 'records.jsonl');
}

describe('JSON Lines file', () => {
  it('keeps records in the order of the appends, also of concurrent ones', async () => {
    const path = await freshPath();
    const file = await openJsonLines<{ n: number }>(path);
    await Promise.all(Array.from({ length: 200 }, (_, n) => file.append({ n })));
    await file.close();
    expect(await readJsonLines(path)).toEqual(Array.from({ length: 200 }, (_, n) => ({ n })));
  });

  it('cuts off a last line torn by a kill and goes on behind it', async () => {
    const path = await freshPath();
    await writeFile(path, '{"n":1}\n{"n":2}\n{"n":');
    const file = await openJsonLines<{ n: number }>(path);
    expect(file.records).toEqual([{ n: 1 }, { n: 2 }]);
    await file.append({ n: 3 });
    await file.close();
    expect(await readFile(path, 'utf8')).toBe('{"n":1}\n{"n":2}\n{"n":3}\n');
  });

  it('treats a complete value without its newline as torn: the newline is part of the record', async () => {
    const path = await freshPath();
    await writeFile(path, '{"n":1}\n{"n":2}');
    expect(await readJsonLines(path)).toEqual([{ n: 1 }]);
  });

  it('refuses a broken line in the middle, naming file and line', async () => {
    const path = await freshPath();
    await writeFile(path, '{"n":1}\nnot json\n{"n":3}\n');
    await expect(openJsonLines(path)).rejects.toThrow(`${path}: line 2: is not JSON`);
  });

  it('reads a missing file as empty', async () => {
    expect(await readJsonLines(await freshPath())).toEqual([]);
  });

  it('survives a tear at every byte', async () => {
    const whole = '{"n":1}\n{"text":"ä\\n"}\n';
    const bytes = Buffer.from(whole);
    for (let length = 0; length <= bytes.length; length++) {
      const path = await freshPath();
      await appendFile(path, bytes.subarray(0, length));
      const file = await openJsonLines(path);
      await file.append({ last: true });
      await file.close();
      expect((await readJsonLines(path)).at(-1)).toEqual({ last: true });
    }
  });
});

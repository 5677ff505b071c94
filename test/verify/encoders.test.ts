import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type CaseLine, statusOf } from '../../src/verify/case-line.js';
import { caseRunners } from '../../src/verify/encoders/index.js';
import { verifyFolder } from '../../src/verify/verify-folder.js';

/** A part of the official code's golden values for each kind of encoder; its weights are made by recipe. */
const fixtures = fileURLToPath(new URL('../fixtures/encoders', import.meta.url));

describe.each([
  ['passt_10s', 3],
  ['openl3_mel256', 6],
  ['openl3_mel128', 2],
  ['clap_tiny', 12],
  ['clap_hf_frontend', 1],
  ['imagebind_small', 11],
  ['clip_vit_b32', 3],
  // Without the files that need all 15 segments of the pictures: two minutes.
  ['synchformer', 4],
  ['mert_v1_95m', 2],
])('bench verify on %s', { timeout: 180_000 }, (encoder, count) => {
  it('agrees with the official code at every link', async () => {
    const lines: CaseLine[] = [];
    const options = { runners: caseRunners, settings: { provider: 'cpu', dtype: 'f32' } } as const;
    for await (const line of verifyFolder(fixtures, { ...options, only: `${encoder}/` })) lines.push(line);
    expect(lines.map((line) => `${line.name} ${statusOf(line)}`).filter((line) => !line.endsWith(' passed'))).toEqual(
      [],
    );
    expect(lines).toHaveLength(count);
  });
});

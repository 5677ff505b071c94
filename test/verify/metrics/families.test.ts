import { describe, expect, it } from 'vitest';
import { statusOf } from '../../../src/verify/case-line.js';
import {
  type JsonObject,
  readFamily,
  recipesIn,
  verifyFamily,
  withoutLargeInputs,
} from '../../helpers/metric-family.js';

const families = ['diversity', 'frechet', 'kad', 'klis', 'prdc'];
/** 512 rows in 128 dimensions; the larger cases are for `bench verify` of the whole folder. */
const largest = 512 * 128;

const failures = (lines: Awaited<ReturnType<typeof verifyFamily>>): unknown[] =>
  lines.filter((line) => statusOf(line) !== 'passed');

describe.each(families)('the golden values of %s', (family) => {
  const file = withoutLargeInputs(readFamily(family), largest);

  it('all pass, and none is skipped', async () => {
    const lines = await verifyFamily(file);
    expect(failures(lines)).toEqual([]);
    expect(lines.length).toBeGreaterThanOrEqual(file.cases.length);
    expect(new Set(lines.map(({ name }) => name)).size).toBe(lines.length);
  }, 60_000);

  it('name the cause of every refusal', async () => {
    const refused = { ...file, cases: file.cases.filter(({ outcome }) => outcome === 'refuse') };
    const lines = await verifyFamily(refused);
    for (const entry of refused.cases) {
      const outcome = lines.find(({ name }) => name === `${family}/${entry.id}`)?.outcome;
      const cause = causeOf(entry);
      expect(outcome, entry.id).toMatchObject({ value: { note: expect.stringMatching(cause) } });
    }
  });

  it('fail where a value is another', async () => {
    // One small case of each metric is enough to see every comparison of it fail.
    const valued = file.cases.filter(({ outcome }) => outcome === 'value');
    const small = valued.filter((entry) => recipesIn(entry).every(({ N, d }) => N * d <= 30_000));
    const byMetric = new Map(small.map((entry) => [entry.metric, entry]));
    expect(byMetric.size).toBe(new Set(valued.map(({ metric }) => metric)).size);
    for (const [metric, entry] of byMetric) {
      for (const name of goldenFields(entry)) {
        const changed = { ...entry, [name]: scaledNumbers(entry[name]) };
        const lines = await verifyFamily({ ...file, ...noFileValues, cases: [changed] });
        expect(lines.map(statusOf), `${metric}: ${name}`).toContain('failed');
      }
    }
  }, 60_000);

  it('fail where a refusal is asked for in place of a value, and the other way round', async () => {
    const swapped = { value: 'refuse', refuse: 'value' } as const;
    const cases = file.cases
      .filter((entry) => recipesIn(entry).every(({ N, d }) => N * d <= 2000))
      .filter(({ outcome }) => outcome in swapped)
      .map((entry) => ({ ...entry, outcome: swapped[entry.outcome as keyof typeof swapped] }));
    expect(cases.length).toBeGreaterThan(2);
    const lines = await verifyFamily({ ...file, ...noFileValues, cases });
    const own = cases.map(({ id }) => lines.find(({ name }) => name === `${family}/${id}`)!);
    expect(own.filter((line) => statusOf(line) !== 'failed')).toEqual([]);
  }, 60_000);
});

const noFileValues = { checks: [], mt19937: [], published_examples: [] };

describe('values outside the cases', () => {
  it.each([
    ['frechet', 'checks'],
    ['klis', 'mt19937'],
    ['klis', 'published_examples'],
  ])('%s: %s fail where they are others', async (family, field) => {
    const file = readFamily(family);
    const cases = file.cases.filter(({ outcome }) => outcome === 'refuse').slice(0, 1);
    const first = (file[field] as JsonObject[])[0]!;
    const wrong = {
      ...first,
      ...(scaledNumbers({ ...first, seed: undefined, recipe: undefined, P: undefined, Q: undefined }) as object),
    };
    const kept = Object.fromEntries(
      ['seed', 'recipe', 'P', 'Q'].filter((key) => key in first).map((key) => [key, first[key]]),
    );
    const lines = await verifyFamily({ ...file, ...noFileValues, [field]: [first, { ...wrong, ...kept }], cases });
    expect(lines.slice(0, 2).map(statusOf)).toEqual(['passed', 'failed']);
  });
});

describe('a file that is not in the format', () => {
  it.each([
    ['no JSON', '{"family": "kad"', 'not JSON'],
    ['no cases', { family: 'kad', cases: [] }, 'cases'],
    ['an unknown outcome', { family: 'kad', cases: [{ id: 'a', outcome: 'perhaps' }] }, 'cases.0.outcome'],
  ])('%s is one failed line', async (_, content, message) => {
    const lines = await verifyFamily(content);
    expect(lines).toMatchObject([
      { name: 'family', outcome: { error: { message: expect.stringContaining(message) } } },
    ]);
  });

  it('fails a case with an unknown metric or recipe and goes on, also where a refusal is asked for', async () => {
    const file = readFamily('kad');
    const good = file.cases.find(({ id }) => id === 'kad-deg-two-rows')!;
    const cases = [
      { ...good, id: 'other', metric: 'astrology' },
      { ...good, id: 'broken', outcome: 'refuse', X: { kind: 'matrix', N: 3 } },
      good,
    ];
    const lines = await verifyFamily({ ...file, cases });
    expect(lines.map(statusOf)).toEqual(['failed', 'failed', 'passed', 'passed']);
    expect(lines[0]?.outcome).toMatchObject({ error: { message: expect.stringContaining('astrology') } });
    expect(lines[1]?.outcome).toMatchObject({ error: { code: 'invalid-fixture' } });
  });

  it('computes only what is asked for', async () => {
    const lines = await verifyFamily(readFamily('frechet'), 'frechet/fd-d16-N4d');
    expect(lines.map(({ name }) => name)).toEqual(['frechet/fd-d16-N4d']);
  });
});

/** What the message of a refusal must say, from the inputs themselves. */
function causeOf(entry: JsonObject): RegExp {
  const steps = recipesIn(entry).flatMap(({ ops = [] }) => ops);
  const broken = steps.find(({ op, v }) => op === 'set' && typeof v === 'string');
  if (broken !== undefined) return new RegExp(`row ${broken.i} `);
  const empty = steps.find(({ op, v }) => op === 'setRow' && v === 0);
  if (empty !== undefined) return new RegExp(`row ${empty.i} is all zeros`);
  const [first, second] = recipesIn(entry);
  if (first !== undefined && second !== undefined && first.d !== second.d) {
    return new RegExp(`${first.d} columns.*${second.d}`);
  }
  return /at least \d+ samples|one to one|fewer than|larger than|do not differ|bandwidth/;
}

/** The fields with golden values that the project must reproduce. */
function goldenFields(entry: JsonObject): string[] {
  const reproduced = [
    'expected',
    'expected_strict',
    'expected_le',
    'points_expected',
    'ref_value',
    'poly_mmd_first_rows',
  ];
  const documented = entry.metric === 'kid' || entry.metric === 'kl' || entry.metric === 'kad' ? ['refs'] : [];
  return [...reproduced, ...documented, 'songs', 'pooled', 'bandwidth'].filter((name) => name in entry);
}

/** All numbers but those of recipes and sizes, moved further than any tolerance. */
function scaledNumbers(value: unknown): unknown {
  if (typeof value === 'number') return value * 1.001 + 0.001;
  if (Array.isArray(value)) return value.map(scaledNumbers);
  if (typeof value !== 'object' || value === null || ('kind' in value && value.kind === 'matrix')) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, key === 'n' ? part : scaledNumbers(part)]),
  );
}

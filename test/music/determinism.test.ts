import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/** What ECMA-262 fixes to the last bit; the results of all other members of Math are up to the engine. */
const exact = ['PI', 'LN2', 'sqrt', 'floor', 'ceil', 'round', 'trunc', 'abs', 'sign', 'min', 'max', 'imul', 'fround'];

function codeOf(folder: string): readonly (readonly [string, string])[] {
  const root = fileURLToPath(new URL(`../../src/${folder}/`, import.meta.url));
  return readdirSync(root, { encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => [file, readFileSync(root + file, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')] as const);
}

describe.each(['music', 'suites/demo-world'])('%s', (folder) => {
  const files = codeOf(folder);

  it('uses only arithmetic that every engine rounds alike', () => {
    const used = files.flatMap(([file, code]) =>
      [...code.matchAll(/Math\.(\w+)/g)].map((match) => `${file}: ${match[1]}`),
    );
    expect(used.length).toBeGreaterThan(5);
    expect(used.filter((use) => !exact.includes(use.split(': ')[1]!))).toEqual([]);
    expect(files.filter(([, code]) => /\*\*|Math\[|= Math\b(?!\.)/.test(code)).map(([file]) => file)).toEqual([]);
  });
});

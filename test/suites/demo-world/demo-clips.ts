import { readFileSync } from 'node:fs';
import { parseScene, type SceneScript } from '../../../src/suites/demo-world/index.js';

const file = 'benchmarks/demo/clips.csv';
const lines = readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8')
  .trim()
  .split('\n');
const columns = lines[0]!.split(',');

/** The rows of the shipped suite as they stand; no value in it holds a comma. */
export const demoRows: readonly Readonly<Record<string, string>>[] = lines.slice(1).map((line) => {
  const cells = line.split(',');
  return Object.fromEntries(columns.map((column, index) => [column, cells[index]!]));
});

export const demoScripts: readonly SceneScript[] = demoRows.map((row, index) =>
  parseScene(row, { file, line: index + 2 }),
);

export const testScripts: readonly SceneScript[] = demoScripts.filter((script) => script.split === 'test');

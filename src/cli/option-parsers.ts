import { InvalidArgumentError } from 'commander';
import type { StatisticsRequest } from '../run/reference-statistics.js';

/** `a,b,c` → names, without blanks and repeats. */
export function parseNames(text: string): string[] {
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0) throw new InvalidArgumentError('Expected names separated by commas.');
  return [...new Set(names)];
}

export function parseCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError('Expected a whole number of at least 1.');
  return count;
}

/** `0` or `0,1,2`. */
export function parseSeeds(text: string): number[] {
  return parseNames(text).map((name) => {
    if (!/^\d{1,9}$/.test(name)) throw new InvalidArgumentError('Expected whole numbers from 0, separated by commas.');
    return Number(name);
  });
}

/** Seconds, or `full`. */
export function parseWindow(text: string): number | 'full' {
  if (text === 'full') return 'full';
  const seconds = Number(text);
  if (!(seconds > 0 && Number.isFinite(seconds)))
    throw new InvalidArgumentError('Expected seconds above 0, or "full".');
  return seconds;
}

/** `NAME=FOLDER`, collected over repeats of the option. */
export function collectOutputs(text: string, earlier: ReadonlyMap<string, string> | undefined): Map<string, string> {
  const [, name, folder] = /^([A-Za-z0-9][\w.-]*)=(.+)$/.exec(text) ?? [];
  if (name === undefined || folder === undefined) {
    throw new InvalidArgumentError('Expected NAME=FOLDER; the name has letters, digits, ".", "_" or "-".');
  }
  if (earlier?.has(name) === true) throw new InvalidArgumentError(`The name "${name}" is given twice.`);
  return new Map([...(earlier ?? []), [name, folder]]);
}

/** `SPACE=FILE` or `SPACE=FILE#PREFIX`, collected over repeats of the option. */
export function collectStatistics(
  text: string,
  earlier: readonly StatisticsRequest[] | undefined,
): readonly StatisticsRequest[] {
  const [, spaceId, file, prefix] = /^([A-Za-z0-9][\w.-]*)=([^#]+)(?:#(.+))?$/.exec(text) ?? [];
  if (spaceId === undefined || file === undefined)
    throw new InvalidArgumentError('Expected SPACE=FILE, such as vggish=fma_pop.npz, or SPACE=FILE#PREFIX.');
  return [...(earlier ?? []), { spaceId, file, ...(prefix === undefined ? {} : { prefix }) }];
}

/** `500MB`, `2GB`, `1024` → bytes. */
export function parseBytes(text: string): number {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*([kMGT]?B?)$/i.exec(text) ?? [];
  const exponent = ['', 'k', 'm', 'g', 't'].indexOf((unit ?? '').replace(/b$/i, '').toLowerCase());
  if (amount === undefined || exponent < 0) throw new InvalidArgumentError('Expected a size such as 500MB or 2GB.');
  return Number(amount) * 1000 ** exponent;
}

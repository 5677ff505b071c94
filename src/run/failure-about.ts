import { basename } from 'node:path';
import { errorOf } from '../core/errors.js';
import { type Failed, failed } from '../core/outcome.js';

/** A path as results show it: records and tables must not depend on where somebody keeps the files. */
export function nameOf(path: string): string {
  return basename(path);
}

/** A thrown error about one file as an outcome, with the file's name in place of its path. */
export function failureAbout(path: string, thrown: unknown): Failed {
  const { code, message } = errorOf(thrown);
  return failed(code, message.replaceAll(path, nameOf(path)));
}

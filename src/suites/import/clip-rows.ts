import { nearestNames } from '../../core/nearest-names.js';
import { clipIdFrom } from '../clip-id.js';
import { parseCsvTable } from '../csv-table.js';
import type { ClipIndex } from '../media-layout.js';
import { inputError } from '../parse-input.js';
import { type Fields, fieldsOf, fillTemplate } from './path-pattern.js';

/** A clip that the authors' index, or the name of a video, promises. */
export interface ClipRow {
  readonly id: string;
  /** Everything a pattern may name, `id` included: the id as the authors write it. */
  readonly fields: Fields;
  readonly startSeconds?: number;
  readonly durationSeconds?: number;
}

/** The clips of an index file, in its order. A clip that is there twice is kept once; other content under one id is refused. */
export function readClipIndex(text: string, index: ClipIndex, file: string): ClipRow[] {
  const byId = new Map<string, ClipRow>();
  const rows = rowsOf(text.replace(/^\uFEFF/, ''), index, file)
    .flatMap((row) => withExpressions(row, index))
    .filter(({ fields }) => isWanted(fields, index));
  for (const { line, fields } of rows) {
    const row = clipRow(fields, index, { file, line });
    const twin = byId.get(row.id);
    if (twin !== undefined && JSON.stringify(twin) !== JSON.stringify(row)) {
      const problem = 'two clips with different fields have this id';
      throw inputError({ file, line }, { field: 'id', problem, got: row.id });
    }
    byId.set(row.id, row);
  }
  if (byId.size === 0)
    throw inputError({ file }, { field: 'rows', problem: 'there are none for this suite', expected: index.format });
  return [...byId.values()];
}

interface IndexRow {
  readonly line: number;
  readonly fields: Fields;
}

function rowsOf(text: string, index: ClipIndex, file: string): IndexRow[] {
  switch (index.format) {
    case 'lines':
      return numberedLines(text).map(({ line, content }) => ({ line, fields: { line: content } }));
    case 'csv':
    case 'tsv':
      return parseCsvTable(text, file, { delimiter: index.format === 'tsv' ? '\t' : ',', shortRows: true }).rows.map(
        ({ line, cells }) => ({
          line,
          fields: cells,
        }),
      );
    case 'jsonl':
      return numberedLines(text).map(({ line, content }) => ({
        line,
        fields: flattened(parsedJson(content, { file, line })),
      }));
    case 'json':
      return jsonRows(parsedJson(text, { file }), index, file);
  }
}

function numberedLines(text: string): { readonly line: number; readonly content: string }[] {
  return text
    .split(/\r?\n/)
    .map((content, index) => ({ line: index + 1, content: content.trim() }))
    .filter(({ content }) => content !== '' && !content.startsWith('#'));
}

function jsonRows(value: unknown, { rows: place }: ClipIndex, file: string): IndexRow[] {
  const found = (place?.split('.') ?? []).reduce<unknown>(
    (part, name) => (part as Record<string, unknown> | null | undefined)?.[name],
    value,
  );
  if (Array.isArray(found)) return found.map((row, index) => ({ line: index + 1, fields: flattened(row) }));
  if (found !== null && typeof found === 'object') {
    return Object.entries(found).map(([key, row], index) => ({ line: index + 1, fields: { ...flattened(row), key } }));
  }
  throw inputError({ file }, { field: place ?? 'the whole', problem: 'has no rows', expected: 'a list or an object' });
}

/** A row's plain values as text, those of inner objects under `outer.inner`, list items under their number. */
function flattened(row: unknown, prefix = ''): Record<string, string> {
  if (row === null || row === undefined) return {};
  if (typeof row !== 'object') return { [prefix === '' ? 'value' : prefix]: String(row) };
  return Object.assign(
    {},
    ...Object.entries(row).map(([name, value]) => flattened(value, prefix === '' ? name : `${prefix}.${name}`)),
  ) as Record<string, string>;
}

function parsedJson(text: string, place: { readonly file: string; readonly line?: number }): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw inputError(place, { field: 'JSON', problem: (cause as Error).message });
  }
}

/** The row with what its expressions find; none where one does not fit. */
function withExpressions(row: IndexRow, { expressions = {} }: ClipIndex): IndexRow[] {
  const found = Object.entries(expressions).map(([field, expression]) =>
    new RegExp(expression).exec(row.fields[field] ?? ''),
  );
  if (found.some((match) => match === null)) return [];
  return [{ ...row, fields: Object.assign({}, row.fields, ...found.map((match) => match?.groups)) as Fields }];
}

function isWanted(fields: Fields, { where = {} }: ClipIndex): boolean {
  return Object.entries(where).every(([field, values]) => values.includes(fields[field] ?? ''));
}

type Place = { readonly file: string; readonly line: number };

function clipRow(fields: Fields, index: ClipIndex, place: Place): ClipRow {
  const authorsId = fillTemplate(index.id, fields);
  if (authorsId === undefined) throw missingField(fields, index.id, place);
  const startSeconds = secondsIn(fields, index.startField, place);
  const endSeconds = secondsIn(fields, index.endField, place);
  const durationSeconds =
    secondsIn(fields, index.durationField, place) ??
    (endSeconds === undefined ? undefined : endSeconds - (startSeconds ?? 0));
  if (durationSeconds !== undefined && durationSeconds <= 0)
    throw inputError(place, { field: index.endField ?? 'window', problem: 'the clip ends before it starts' });
  return {
    id: usableId(authorsId, place),
    fields: { ...fields, id: authorsId },
    ...(startSeconds === undefined ? {} : { startSeconds }),
    ...(durationSeconds === undefined ? {} : { durationSeconds }),
  };
}

/** Most ids are fit to name files as they are; others lose what no file system takes. */
function usableId(authorsId: string, place: Place): string {
  const id = clipIdFrom(authorsId);
  if (id === '') throw inputError(place, { field: 'id', problem: 'no clip id can be made of it', got: authorsId });
  return id;
}

function missingField(fields: Fields, template: string, place: Place): Error {
  const absent = fieldsOf(template).find((name) => (fields[name] ?? '') === '') ?? template;
  const near = nearestNames(absent, Object.keys(fields), 2);
  return inputError(place, {
    field: absent,
    problem: 'is not there',
    expected: 'a field of the index as the authors give it out',
    got: (near.length > 0 ? near : Object.keys(fields)).join(', '),
  });
}

/** Seconds, or `hh:mm:ss.s`. */
function secondsIn(fields: Fields, field: string | undefined, place: Place): number | undefined {
  const text = field === undefined ? '' : (fields[field] ?? '').trim();
  if (field === undefined || text === '') return undefined;
  if (!/^\d+(\.\d+)?$|^\d+(:\d{1,2}){1,2}(\.\d+)?$/.test(text))
    throw inputError(place, { field, problem: 'is no time', expected: 'seconds or hh:mm:ss', got: text });
  return text.split(':').reduce((total, part) => total * 60 + Number(part), 0);
}

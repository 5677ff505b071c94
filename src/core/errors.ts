/** What the command line exits with; the meaning of each number is part of the public interface. */
export const exitCodes = {
  ok: 0,
  error: 1,
  usage: 2,
  incomplete: 3,
  gateFailed: 100,
  interrupted: 130,
} as const;

export type ErrorKind = 'usage' | 'input' | 'environment' | 'incomplete' | 'interrupted';

export interface BenchErrorFields {
  /** Stable machine name, kebab-case: `suite-not-found`. */
  readonly code: string;
  readonly kind: ErrorKind;
  /** What is wrong, in one sentence without a full stop. */
  readonly problem: string;
  readonly file?: string;
  /** The field, column or line inside the file. */
  readonly field?: string;
  readonly expected?: string;
  readonly got?: string;
  /** What the user can do about it, as an imperative sentence. */
  readonly remedy?: string;
  readonly cause?: unknown;
}

/** An error that is the user's to fix: shown as its message, never with a stack. */
export class BenchError extends Error {
  override readonly name = 'BenchError';
  readonly code: string;
  readonly kind: ErrorKind;
  readonly fields: BenchErrorFields;

  constructor(fields: BenchErrorFields) {
    super(describe(fields), fields.cause === undefined ? undefined : { cause: fields.cause });
    this.code = fields.code;
    this.kind = fields.kind;
    this.fields = fields;
  }
}

function describe(fields: BenchErrorFields): string {
  const place = [fields.file, fields.field].filter((part) => part !== undefined).join(': ');
  const compared = [
    fields.expected === undefined ? undefined : `expected ${fields.expected}`,
    fields.got === undefined ? undefined : `got ${fields.got}`,
  ].filter((part) => part !== undefined);
  const sentence = [place, fields.problem].filter((part) => part !== '').join(': ');
  const detail = compared.length > 0 ? ` (${compared.join(', ')})` : '';
  const remedy = fields.remedy === undefined ? '' : `. ${fields.remedy}`;
  return `${sentence}${detail}${remedy}`;
}

/** Code and message of anything thrown, for an outcome or a record. */
export function errorOf(thrown: unknown): { code: string; message: string } {
  if (thrown instanceof BenchError) return { code: thrown.code, message: thrown.message };
  if (thrown instanceof Error) return { code: 'unexpected', message: thrown.message };
  return { code: 'unexpected', message: String(thrown) };
}

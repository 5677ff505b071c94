import { BenchError, type BenchErrorFields } from '../core/errors.js';

/** An error as plain data: classes do not survive the way between threads. */
export interface PortableError {
  /** Of a BenchError. */
  readonly fields?: BenchErrorFields;
  readonly message: string;
}

export function toPortable(error: unknown): PortableError {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof BenchError)) return { message };
  const { cause: _, ...fields } = error.fields;
  return { fields, message };
}

export function fromPortable({ fields, message }: PortableError): Error {
  return fields === undefined ? new Error(message) : new BenchError(fields);
}

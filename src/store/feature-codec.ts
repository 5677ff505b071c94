import { createHash } from 'node:crypto';
import type { FeatureMatrix, Features } from '../core/features.js';
import type { Ok, Skipped } from '../core/outcome.js';

const magic = 'BENCHFT1';

interface Header {
  readonly outcome: { readonly status: 'ok'; readonly warnings?: readonly string[] } | Skipped;
  readonly outputs: readonly { readonly name: string; readonly rows: number; readonly columns: number }[];
  readonly payloadSha256: string;
}

/** Layout: magic (8 bytes), header length (uint32, little endian), header JSON padded to 4 bytes, float32 payload. */
export function encodeFeatures(outcome: Ok<Features> | Skipped): Uint8Array {
  const features: Features = outcome.status === 'ok' ? outcome.value : {};
  const names = Object.keys(features).sort();
  const payload = Buffer.concat(names.map((name) => bytesOf(features[name]!)));
  const header: Header = {
    outcome:
      outcome.status === 'ok'
        ? { status: 'ok', ...(outcome.warnings === undefined ? {} : { warnings: outcome.warnings }) }
        : outcome,
    outputs: names.map((name) => ({ name, rows: features[name]!.rows, columns: features[name]!.columns })),
    payloadSha256: sha256Hex(payload),
  };
  const json = Buffer.from(JSON.stringify(header));
  const padded = Buffer.concat([json, Buffer.alloc((4 - (json.length % 4)) % 4, 0x20)]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(padded.length);
  return Buffer.concat([Buffer.from(magic), length, padded, payload]);
}

/** Undefined when the bytes are not a whole, unchanged entry: the caller computes it anew. */
export function decodeFeatures(bytes: Buffer): Ok<Features> | Skipped | undefined {
  if (bytes.length < 12 || bytes.toString('latin1', 0, 8) !== magic) return undefined;
  const headerEnd = 12 + bytes.readUInt32LE(8);
  if (headerEnd > bytes.length) return undefined;
  const header = parseHeader(bytes.toString('utf8', 12, headerEnd));
  const payload = bytes.subarray(headerEnd);
  if (header === undefined || sha256Hex(payload) !== header.payloadSha256) return undefined;
  if (header.outcome.status === 'skipped') return header.outcome;
  let offset = 0;
  const features: Record<string, FeatureMatrix> = {};
  for (const { name, rows, columns } of header.outputs) {
    const byteLength = rows * columns * 4;
    // A copy, because a view would need an aligned offset and would keep the whole file alive.
    const data = new Float32Array(new Uint8Array(payload.subarray(offset, offset + byteLength)).buffer);
    features[name] = { rows, columns, data };
    offset += byteLength;
  }
  const { warnings } = header.outcome;
  return warnings === undefined ? { status: 'ok', value: features } : { status: 'ok', value: features, warnings };
}

function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function bytesOf(matrix: FeatureMatrix): Uint8Array {
  return new Uint8Array(matrix.data.buffer, matrix.data.byteOffset, matrix.data.byteLength);
}

function parseHeader(json: string): Header | undefined {
  try {
    return JSON.parse(json) as Header;
  } catch {
    return undefined;
  }
}

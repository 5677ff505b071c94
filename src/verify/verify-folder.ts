import { basename, resolve } from 'node:path';
import { errorOf } from '../core/errors.js';
import { failed } from '../core/outcome.js';
import type { CaseLine } from './case-line.js';
import { readEncoderFixture } from './fixture.js';
import { metricFamilies } from './metrics/index.js';
import { verifyMetricFile } from './metrics/verify-metrics.js';
import { recogniseFolder } from './recognise-folder.js';
import { type VerifyEncoderOptions, verifyEncoder } from './verify-encoder.js';
import { verifyVidmuse } from './vidmuse/verify-vidmuse.js';

/**
 * Checks the project's import, graphs, front ends and metrics against a folder of golden values: one line a case, one encoder in memory at a
 * time. Throws a BenchError for a folder that is not recognised; everything else that goes wrong is a failed case.
 */
export async function* verifyFolder(
  folder: string,
  options: VerifyEncoderOptions,
): AsyncGenerator<CaseLine, void, undefined> {
  const recognised = await recogniseFolder(folder);
  if (recognised.kind === 'encoders') {
    for (const encoderFolder of recognised.folders) yield* encoderLines(encoderFolder, options);
    return;
  }
  if (recognised.kind === 'vidmuse') {
    yield* verifyVidmuse(recognised.folder, options);
    return;
  }
  for (const file of recognised.files) yield* verifyMetricFile(file, { families: metricFamilies, ...options });
}

async function* encoderLines(folder: string, options: VerifyEncoderOptions): AsyncGenerator<CaseLine, void, undefined> {
  try {
    yield* verifyEncoder(await readEncoderFixture(folder), options);
  } catch (error) {
    options.signal?.throwIfAborted();
    const { code, message } = errorOf(error);
    yield { name: basename(resolve(folder)), outcome: failed(code, message) };
  }
}

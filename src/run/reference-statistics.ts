import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { unzipSync } from 'fflate';
import { BenchError } from '../core/errors.js';
import { frechetToStatistics } from '../metrics/families/frechet-to-statistics.js';
import type { SetMetric } from '../metrics/metric.js';
import { publishedStatistics } from '../metrics/published-statistics.js';
import { embeddingSpaceById } from '../metrics/spaces.js';
import { parseNpy } from '../verify/npy.js';

/** What a user asks for: the statistics of one space, from a file. */
export interface StatisticsRequest {
  readonly spaceId: string;
  /** A .npz file with a mean and a covariance. */
  readonly file: string;
  /** Begins the names of the arrays in files that hold several models (`clap-laion-music` in fadtk's). */
  readonly prefix?: string;
}

/** As fadtk, pytorch-fid and torch-fidelity name them. */
/** As fadtk, torch-fidelity and others call them, and stable-audio-metrics (src/openl3_fd.py). */
const meanNames = ['mu', 'mean', 'mu_ref'];
const covarianceNames = ['cov', 'sigma', 'covariance', 'sigma_ref'];
const countNames = ['n', 'count'];

/** Larger ones are no statistics of a space of some thousand dimensions. */
const largestBytes = 512e6;

/**
 * The Fréchet distance to statistics that somebody published (NumPy .npz). Its identity has the hash of mean and covariance. Throws a
 * BenchError that names file and array for what is not there, is not two moments of one Gaussian, or has another width than the space.
 */
export async function openReferenceStatistics(request: StatisticsRequest): Promise<SetMetric> {
  const { file } = request;
  const space = embeddingSpaceById(request.spaceId);
  const arrays = await readArrays(file);
  const find = (names: readonly string[]): { shape: readonly number[]; data: Float64Array } | undefined => {
    for (const name of names) {
      const bytes = arrays[`${request.prefix === undefined ? '' : `${request.prefix}.`}${name}.npy`];
      if (bytes === undefined) continue;
      const { shape, data } = parseNpy(bytes, `${file} (${name})`);
      return { shape, data: Float64Array.from(data as ArrayLike<number>) };
    }
    return undefined;
  };
  const mean = find(meanNames) ?? missing(file, meanNames, Object.keys(arrays));
  const covariance = find(covarianceNames) ?? missing(file, covarianceNames, Object.keys(arrays));
  const count = find(countNames)?.data[0];
  const [rows = 0, columns = 0] = covariance.shape;
  const statistics = publishedStatistics({
    mean: mean.data,
    covariance: { rows, columns, data: covariance.data },
    ...(count === undefined ? {} : { count }),
  });
  if (statistics.status !== 'ok')
    throw invalid(file, statistics.status === 'failed' ? statistics.error.message : statistics.reason);
  const metric = frechetToStatistics({ space, name: nameOf(request), statistics: statistics.value });
  return { ...metric, contentHash: momentsHash(mean.data, covariance.data) };
}

function momentsHash(...moments: readonly Float64Array[]): string {
  const hash = createHash('sha256');
  for (const { buffer, byteOffset, byteLength } of moments) hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  return hash.digest('hex');
}

async function readArrays(file: string): Promise<Readonly<Record<string, Uint8Array>>> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new BenchError({ code: 'statistics-not-readable', kind: 'usage', file, problem: 'cannot be read', cause });
  });
  try {
    return unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (originalSize > largestBytes) throw new RangeError(`${name} has ${originalSize} bytes`);
        return name.endsWith('.npy');
      },
    });
  } catch (cause) {
    throw invalid(file, `the file is no .npz archive: ${(cause as Error).message}`);
  }
}

/** The file's name without its ending, and the prefix: `fma_pop`, `fma_pop.clap-laion-music`. */
function nameOf({ file, prefix }: StatisticsRequest): string {
  const name = basename(file, extname(file)).replace(/[^A-Za-z0-9._-]/g, '_');
  return prefix === undefined ? name : `${name}.${prefix.replace(/[^A-Za-z0-9._-]/g, '_')}`;
}

function missing(file: string, names: readonly string[], there: readonly string[]): never {
  throw new BenchError({
    code: 'statistics-incomplete',
    kind: 'input',
    file,
    field: names[0] as string,
    problem: 'the archive has no such array',
    expected: names.map((name) => `${name}.npy`).join(' or '),
    got: there.join(', ') || 'no arrays',
    remedy: 'Where arrays of several models have names such as MODEL.mu, add #MODEL behind the file',
  });
}

function invalid(file: string, problem: string): BenchError {
  return new BenchError({ code: 'invalid-statistics', kind: 'input', file, problem });
}

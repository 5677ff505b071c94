import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { TensorData } from '../models/session.js';
import { type Golden, type GoldenOutput, type Manifest, parseGolden, parseManifest } from './golden.js';
import { parseFloat32Npy } from './npy.js';

/** The folder of one encoder: `golden.json`, .npy files and, where there are weights, `manifest.json`. */
export interface EncoderFixture {
  /** Name of the folder; begins the name of every case. */
  readonly name: string;
  readonly folder: string;
  readonly golden: Golden;
  readonly manifest?: Manifest;
}

/** Throws a BenchError that names file and field for a folder that is not in the format. */
export async function readEncoderFixture(folder: string): Promise<EncoderFixture> {
  const goldenPath = join(folder, 'golden.json');
  const manifestPath = join(folder, 'manifest.json');
  const golden = parseGolden(await readFile(goldenPath, 'utf8'), goldenPath);
  const manifest = await readFile(manifestPath, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return {
    name: basename(resolve(folder)),
    folder,
    golden,
    ...(manifest === undefined ? {} : { manifest: parseManifest(manifest, manifestPath) }),
  };
}

/** The cells that the official code computed. */
export async function readGoldenTensor(fixture: EncoderFixture, output: GoldenOutput): Promise<TensorData> {
  const path = join(fixture.folder, output.file);
  const { shape, data } = parseFloat32Npy(await readFile(path), path);
  return { data, dims: shape };
}

/** `tone1_5.3s.block1.npy` of folder `cnn14_16k` → `cnn14_16k/tone1_5.3s.block1`. */
export function caseName(fixture: Pick<EncoderFixture, 'name'>, output: Pick<GoldenOutput, 'file'>): string {
  return `${fixture.name}/${output.file.replace(/\.npy$/, '')}`;
}

import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { extract } from 'tar';
import { BenchError } from '../../core/errors.js';
import { hashFile } from '../../media/hash-file.js';
import { onnxruntimeVersion } from '../session.js';
import { type ProviderFile, providerPackage } from './provider-package.js';

/** What is put where; that of the pinned package if left out. */
export interface ProviderArchive {
  readonly onnxruntimeVersion: string;
  readonly folder: string;
  readonly files: readonly ProviderFile[];
}

/** The folder of onnxruntime's own library, beside which it looks for providers. */
export function bindingFolder(): string {
  const root = dirname(createRequire(import.meta.url).resolve('onnxruntime-node/package.json'));
  return join(root, 'bin', 'napi-v6', process.platform, process.arch);
}

export type ProviderState = 'installed' | 'absent' | 'changed';

/** Whether the provider's files are there, and those of the package. */
export async function providerState(
  folder: string,
  { files }: ProviderArchive = providerPackage,
): Promise<ProviderState> {
  const states = await Promise.all(files.map((file) => fileState(join(folder, file.name), file)));
  if (states.every((state) => state === 'installed')) return 'installed';
  return states.every((state) => state === 'absent') ? 'absent' : 'changed';
}

async function fileState(path: string, { sha256 }: ProviderFile): Promise<ProviderState> {
  const isThere = await stat(path).then(
    () => true,
    () => false,
  );
  if (!isThere) return 'absent';
  return (await hashFile(path)) === sha256 ? 'installed' : 'changed';
}

/**
 * Puts the provider's files from the package's archive beside onnxruntime: all or none, after their hashes are checked. Throws a BenchError for another
 * system, another version of onnxruntime, or an archive that is not the pinned one.
 */
export async function installProvider(
  archivePath: string,
  folder: string,
  archive: ProviderArchive = providerPackage,
): Promise<void> {
  refuseOtherMachine(archive);
  await mkdir(folder, { recursive: true });
  const temporary = await mkdtemp(join(folder, '.provider-'));
  try {
    await unpack(archivePath, temporary, archive);
    for (const file of archive.files) {
      const path = join(temporary, archive.folder, file.name);
      const got = await hashFile(path).catch(() => 'no such file in the archive');
      if (got !== file.sha256) throw otherArchive(archivePath, file, got);
    }
    for (const { name } of archive.files) await rename(join(temporary, archive.folder, name), join(folder, name));
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** Takes the provider's files away again. Resolves to whether there were any. */
export async function removeProvider(folder: string, { files }: ProviderArchive = providerPackage): Promise<boolean> {
  const were = await providerState(folder, { onnxruntimeVersion: '', folder: '', files });
  for (const { name } of files) await rm(join(folder, name), { force: true });
  return were !== 'absent';
}

async function unpack(archivePath: string, target: string, { folder, files }: ProviderArchive): Promise<void> {
  const wanted = new Set(files.map(({ name }) => `${folder}/${name}`));
  try {
    await extract({ file: archivePath, cwd: target, strict: true, filter: (path) => wanted.has(path) });
  } catch (cause) {
    throw new BenchError({
      code: 'archive-not-readable',
      kind: 'input',
      file: archivePath,
      problem: `not an archive that can be unpacked: ${cause instanceof Error ? cause.message : String(cause)}`,
      remedy: 'Fetch it again, with `npm pack` or `bench gpu setup`',
      cause,
    });
  }
}

function refuseOtherMachine({ onnxruntimeVersion: wanted }: ProviderArchive): void {
  const machine = `${process.platform} ${process.arch}`;
  if (machine !== 'linux x64')
    throw new BenchError({
      code: 'machine-not-supported',
      kind: 'environment',
      problem: 'the CUDA provider is built for Linux on x64 only',
      got: machine,
      remedy: 'Use --provider cpu',
    });
  const got = onnxruntimeVersion();
  if (got === wanted) return;
  throw new BenchError({
    code: 'onnxruntime-version-differs',
    kind: 'environment',
    problem: 'the CUDA provider fits one version of onnxruntime only',
    expected: wanted,
    got,
    remedy: 'Run `npm ci`, which installs the pinned version',
  });
}

function otherArchive(file: string, { name, sha256 }: ProviderFile, got: string): BenchError {
  const { name: packageName, version } = providerPackage;
  return new BenchError({
    code: 'archive-differs',
    kind: 'input',
    file,
    field: name,
    problem: 'this is not the archive that bench was tested with',
    expected: `SHA-256 ${sha256}`,
    got,
    remedy: `Give the archive of ${packageName}@${version}`,
  });
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { exitCodes } from '../core/errors.js';
import { reasonOf } from '../core/outcome.js';
import { downloadFile } from '../download/download-file.js';
import { bindingFolder, installProvider, providerState, removeProvider } from '../models/cuda/install-provider.js';
import { locateLibraries } from '../models/cuda/loader-path.js';
import { archiveUrl, providerPackage } from '../models/cuda/provider-package.js';
import { probeProvider } from '../models/provider-probe.js';
import { onnxruntimeVersion } from '../models/session.js';
import { createByteDisplay } from './download-display.js';
import { npmRegistry } from './npm-registry.js';
import type { SetExitCode } from './program.js';
import { type CommandContext, printJson } from './terminal.js';

interface SetupOptions {
  readonly from?: string;
  readonly registry?: string;
  readonly quiet?: boolean;
}

export function gpuCommand(context: CommandContext, setExitCode: SetExitCode): Command {
  return new Command('gpu')
    .description('Set up, check or remove the CUDA provider of onnxruntime.')
    .addCommand(setupCommand(context, setExitCode))
    .addCommand(statusCommand(context, setExitCode), { isDefault: true })
    .addCommand(removeCommand(context));
}

function setupCommand(context: CommandContext, setExitCode: SetExitCode): Command {
  const { name, version, onnxruntimeVersion: pinned } = providerPackage;
  return new Command('setup')
    .description(
      `Put the CUDA provider beside onnxruntime ${pinned}: the files of ${name}@${version}, checked by hash.`,
    )
    .option('--from <file>', 'the package’s archive, for machines without a network (`npm pack`)')
    .option('--registry <url>', 'package registry (default: the one that npm is set to)')
    .option('--quiet', 'no progress')
    .action(async (options: SetupOptions) => {
      const folder = bindingFolder();
      if ((await providerState(folder)) === 'installed')
        context.terminal.err(`the provider is there already: ${folder}`);
      else await install(folder, options, context);
      await sayState(folder, context, setExitCode);
    });
}

async function install(folder: string, options: SetupOptions, { terminal, signal }: CommandContext): Promise<void> {
  if (options.from !== undefined) return installProvider(resolve(options.from), folder);
  const temporary = await mkdtemp(join(tmpdir(), 'bench-gpu-'));
  const display = createByteDisplay(terminal, { quiet: options.quiet === true });
  try {
    const { bytes, sha256 } = providerPackage;
    const target = join(temporary, 'provider.tgz');
    await downloadFile(
      { url: archiveUrl(options.registry ?? (await npmRegistry())), target, bytes, sha256 },
      {
        signal,
        onRetry: (message) => terminal.err(`warning: ${message}`),
        onProgress: ({ step, ...progress }) => display.show(step === 'check' ? 'checking' : 'CUDA provider', progress),
      },
    );
    await installProvider(target, folder);
  } finally {
    display.stop();
    await rm(temporary, { recursive: true, force: true });
  }
}

function statusCommand(context: CommandContext, setExitCode: SetExitCode): Command {
  return new Command('status')
    .description('What is there for CUDA and what is missing, with a small real run.')
    .option('--json', 'print as JSON')
    .action(async (options: { readonly json?: boolean }) => {
      if (options.json !== true) return sayState(bindingFolder(), context, setExitCode);
      const state = await stateOf(bindingFolder());
      printJson(context.terminal, state);
      if (!state.works) setExitCode(exitCodes.error);
      return undefined;
    });
}

interface GpuState {
  readonly folder: string;
  readonly onnxruntime: string;
  readonly provider: string;
  readonly libraries: Awaited<ReturnType<typeof locateLibraries>>;
  readonly works: boolean;
  /** Of the run. */
  readonly detail: string;
}

async function stateOf(folder: string): Promise<GpuState> {
  const [provider, libraries] = [await providerState(folder), await locateLibraries()];
  const probe = await probeProvider('cuda');
  return {
    ...{ folder, onnxruntime: onnxruntimeVersion(), provider, libraries, works: probe.status === 'ok' },
    detail: probe.status === 'ok' ? probe.value : reasonOf(probe),
  };
}

async function sayState(folder: string, { terminal }: CommandContext, setExitCode: SetExitCode): Promise<void> {
  const { onnxruntime, provider, libraries, works, detail } = await stateOf(folder);
  const line = (good: boolean, name: string, text: string): void =>
    terminal.out(`${good ? 'ok  ' : 'MISSING'.padEnd(4)} ${name.padEnd(24)} ${text}`);
  line(
    provider === 'installed',
    `provider for ${onnxruntime}`,
    provider === 'installed' ? folder : `${provider}; run \`bench gpu setup\``,
  );
  for (const { soname, what, path } of libraries)
    line(path !== undefined, soname, path ?? `${what}: not on the loader path (LD_LIBRARY_PATH, ldconfig)`);
  line(works, 'run on cuda', detail);
  if (!works) setExitCode(exitCodes.error);
}

function removeCommand({ terminal }: CommandContext): Command {
  return new Command('remove').description('Take the CUDA provider away again.').action(async () => {
    const folder = bindingFolder();
    const was = await removeProvider(folder);
    terminal.out(was ? `removed from ${folder}` : `there was none in ${folder}`);
  });
}

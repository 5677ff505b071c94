import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import type { CommandContext } from './terminal.js';

/** Called by a command whose exit code is not 0 though nothing was thrown. */
export type SetExitCode = (code: number) => void;

type MakeCommand = (context: CommandContext, setExitCode: SetExitCode) => Command;

/** In the order of the help. Each is loaded when it is asked for: all of them together take a second to load. */
const commands: Readonly<Record<string, () => Promise<MakeCommand>>> = {
  run: async () => (await import('./run-command.js')).runCommand,
  generate: async () => (await import('./generate-command.js')).generateCommand,
  score: async () => (await import('./score-command.js')).scoreCommand,
  report: async () => (await import('./report-command.js')).reportCommand,
  compare: async () => (await import('./compare-command.js')).compareCommand,
  suites: async () => (await import('./suites-command.js')).suitesCommand,
  systems: async () => (await import('./list-commands.js')).systemsCommand,
  metrics: async () => (await import('./metrics-command.js')).metricsCommand,
  protocols: async () => (await import('./protocols-command.js')).protocolsCommand,
  models: async () => (await import('./models-command.js')).modelsCommand,
  gpu: async () => (await import('./gpu-command.js')).gpuCommand,
  verify: async () => (await import('./verify-command.js')).verifyCommand,
  cache: async () => (await import('./cache-command.js')).cacheCommand,
  doctor: async () => (await import('./doctor-command.js')).doctorCommand,
};

/**
 * The command line as data: with the command that `args` names, or with all of them where it names none, as the help does. It reads
 * no global state, so tests run it in their own process.
 */
export async function createProgram(
  args: readonly string[],
  { context, setExitCode }: { readonly context: CommandContext; readonly setExitCode: SetExitCode },
): Promise<Command> {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  const program = new Command('bench')
    .description('The video-to-music benchmark: run, score, compare and report video-to-music systems.')
    .version(version)
    .showHelpAfterError('(bench COMMAND --help shows the options)')
    .addHelpText('after', exitCodeHelp);
  for (const makeCommand of await commandsFor(args)) program.addCommand(makeCommand(context, setExitCode));
  throwInsteadOfExiting(program, context);
  return program;
}

async function commandsFor([name = '']: readonly string[]): Promise<readonly MakeCommand[]> {
  if (name === '--version' || name === '-V') return [];
  const named = Object.hasOwn(commands, name) ? [commands[name]!] : Object.values(commands);
  return Promise.all(named.map((load) => load()));
}

function throwInsteadOfExiting(command: Command, context: CommandContext): void {
  command.exitOverride();
  command.configureOutput({
    writeOut: (text) => context.terminal.out(text.trimEnd()),
    writeErr: (text) => context.terminal.err(text.trimEnd()),
  });
  for (const child of command.commands) throwInsteadOfExiting(child, context);
}

const exitCodeHelp = `
Exit codes: 0 ok, 1 error, 2 usage, 3 incomplete, 100 gate failed, 130 interrupted.
Data goes to stdout, everything else to stderr.`;

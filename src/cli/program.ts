import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { cacheCommand } from './cache-command.js';
import { compareCommand } from './compare-command.js';
import { doctorCommand } from './doctor-command.js';
import { generateCommand } from './generate-command.js';
import { gpuCommand } from './gpu-command.js';
import { systemsCommand } from './list-commands.js';
import { metricsCommand } from './metrics-command.js';
import { modelsCommand } from './models-command.js';
import { protocolsCommand } from './protocols-command.js';
import { reportCommand } from './report-command.js';
import { runCommand } from './run-command.js';
import { scoreCommand } from './score-command.js';
import { suitesCommand } from './suites-command.js';
import type { CommandContext } from './terminal.js';
import { verifyCommand } from './verify-command.js';

/** Called by a command whose exit code is not 0 though nothing was thrown. */
export type SetExitCode = (code: number) => void;

/** The whole command line as data; it reads no global state, so tests run it in their own process. */
export function createProgram(context: CommandContext, setExitCode: SetExitCode): Command {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  const program = new Command('bench')
    .description('The video-to-music benchmark: run, score, compare and report video-to-music systems.')
    .version(version)
    .showHelpAfterError('(bench COMMAND --help shows the options)')
    .addHelpText('after', exitCodeHelp);
  for (const command of [
    runCommand(context, setExitCode),
    generateCommand(context, setExitCode),
    scoreCommand(context, setExitCode),
    reportCommand(context),
    compareCommand(context),
    suitesCommand(context, setExitCode),
    systemsCommand(context),
    metricsCommand(context, setExitCode),
    protocolsCommand(context),
    modelsCommand(context),
    gpuCommand(context, setExitCode),
    verifyCommand(context, setExitCode),
    cacheCommand(context),
    doctorCommand(context, setExitCode),
  ]) {
    program.addCommand(command);
  }
  throwInsteadOfExiting(program, context);
  return program;
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

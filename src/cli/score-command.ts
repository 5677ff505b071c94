import { Command } from 'commander';
import { BenchError } from '../core/errors.js';
import type { SetExitCode } from './program.js';
import { runBenchmark } from './run-benchmark.js';
import { addRunOptions, outputsOption, type RunOptions, systemsOption } from './run-options.js';
import type { CommandContext } from './terminal.js';

export function scoreCommand(context: CommandContext, setExitCode: SetExitCode): Command {
  const command = new Command('score')
    .description('Score ready-made audio: files are matched to the clips of the suite by id.')
    .addOption(outputsOption().makeOptionMandatory())
    .addOption(systemsOption().default([], 'none'));
  return addRunOptions(command)
    .addHelpText(
      'after',
      `
Files are named ID.wav, or ID/SEED.wav for several generations per clip; any sound format that ffmpeg reads will do.
Music and video are held against each other over the time that both have; a file that is shorter, longer or starts later
than its video is flagged. Missing clips and unknown files are listed; exit 3 unless --allow-missing.

Examples:
  bench score --suite demo --outputs mine=./wavs
  bench score --suite demo --outputs a=./a --outputs b=./b --systems reference,shuffled`,
    )
    .action(async (options: RunOptions) => {
      if (options.outputs === undefined) {
        throw new BenchError({ code: 'no-outputs', kind: 'usage', problem: '--outputs NAME=FOLDER is missing' });
      }
      setExitCode(await runBenchmark(options, context));
    });
}

import { Command, Option } from 'commander';
import type { SetExitCode } from './program.js';
import { runBenchmark } from './run-benchmark.js';
import { addRunOptions, outputsOption, type RunOptions, seedOption, systemsOption } from './run-options.js';
import type { CommandContext } from './terminal.js';

export function runCommand(context: CommandContext, setExitCode: SetExitCode): Command {
  const command = new Command('run')
    .description('Run systems over a suite, score them, write a report and print the leaderboard.')
    .addOption(systemsOption())
    .addOption(outputsOption())
    .addOption(seedOption())
    .addOption(new Option('--until <step>', 'stop after this step').choices(['generate', 'embed']));
  return addRunOptions(command)
    .addHelpText(
      'after',
      `
The same command again goes on where an earlier one stopped, and does nothing twice.

Examples:
  bench run --suite demo
  bench run --suite ./my-videos --systems reference,shuffled,composer --window full`,
    )
    .action(async (options: RunOptions) => {
      setExitCode(await runBenchmark(options, context));
    });
}

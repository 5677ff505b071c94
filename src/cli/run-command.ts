import { Command, Option } from 'commander';
import type { SetExitCode } from './program.js';
import { runBenchmark } from './run-benchmark.js';
import {
  addRunOptions,
  outputsOption,
  type RunOptions,
  redoableSteps,
  seedOption,
  stoppingSteps,
  systemsOption,
} from './run-options.js';
import type { CommandContext } from './terminal.js';

export function runCommand(context: CommandContext, setExitCode: SetExitCode): Command {
  const command = new Command('run')
    .description('Run systems over a suite, score them, write a report and print the leaderboard.')
    .addOption(systemsOption())
    .addOption(outputsOption())
    .addOption(seedOption())
    .addOption(new Option('--from <step>', 'do this step and those after it again').choices(redoableSteps))
    .addOption(new Option('--until <step>', 'stop after this step').choices(stoppingSteps));
  return addRunOptions(command)
    .addHelpText(
      'after',
      `
The same command again goes on where an earlier one stopped, and does nothing twice.

Examples:
  bench run --suite demo
  bench run --suite demo --until generate
  bench run --suite demo --from score
  bench run --suite ./my-videos --systems reference,shuffled,composer --window full`,
    )
    .action(async (options: RunOptions) => {
      setExitCode(await runBenchmark(options, context));
    });
}

import { Command, Option } from 'commander';
import { BenchError, exitCodes } from '../core/errors.js';
import { reasonOf } from '../core/outcome.js';
import { keepFloat32Whole } from '../models/provider-name.js';
import { type CaseCounts, type CaseLine, type CaseMeasurement, countCases, statusOf } from '../verify/case-line.js';
import { dtypes, providers, type RunSettings } from '../verify/case-runner.js';
import { caseRunners } from '../verify/encoders/index.js';
import { verifyFolder } from '../verify/verify-folder.js';
import type { SetExitCode } from './program.js';
import { type CommandContext, printJson } from './terminal.js';

interface VerifyOptions extends RunSettings {
  readonly only?: string;
  readonly allowSkips?: boolean;
  readonly json?: boolean;
}

export function verifyCommand({ terminal, signal }: CommandContext, setExitCode: SetExitCode): Command {
  return new Command('verify')
    .description('Check networks, front ends and metrics against golden values of the official code.')
    .argument('<folder>', 'folder of golden values: encoders, metrics or vidmuse')
    .option('--only <pattern>', 'only cases whose name contains this; * stands for any text')
    .addOption(new Option('--provider <name>', 'what computes the networks').choices(providers).default('cpu'))
    .addOption(new Option('--dtype <type>', 'floating type of the networks').choices(dtypes).default('f32'))
    .option('--allow-skips', 'skipped cases do not make the exit code 3')
    .option('--json', 'print everything as JSON')
    .addHelpText('after', explanation)
    .action(async (folder: string, options: VerifyOptions) => {
      const { only, provider, dtype } = options;
      keepFloat32Whole(provider);
      const lines: CaseLine[] = [];
      if (options.json !== true) terminal.out(header);
      const settings = { runners: caseRunners, settings: { provider, dtype }, signal };
      for await (const line of verifyFolder(folder, only === undefined ? settings : { ...settings, only })) {
        lines.push(line);
        if (options.json !== true) terminal.out(tableLine(line));
      }
      if (lines.length === 0) throw nothingMatches(folder, only);
      const counts = countCases(lines);
      if (options.json === true)
        printJson(terminal, { folder, provider, dtype, ...counts, cases: lines.map(jsonLine) });
      else terminal.out(`verify: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
      setExitCode(exitCodeOf(counts, options));
    });
}

const explanation = `
A line gives the largest absolute difference, the same as a share of the largest golden value, and what is allowed.
1 - cosine must be at most 1e-5 as well. With --dtype f16 networks may be off by 2 % of the largest value and 1 - cosine
may be 1e-3; front ends are always computed in float32 or better.
Golden values of metrics are judged one by one: max rel is the largest share of its own golden value, and "1e-9 rel" allows
that share of it. Cases that ask for a refusal say why there is no number.
Exit codes: 0 all passed, 100 a case failed, 3 a case was skipped (without --allow-skips).`;

const nameWidth = 48;
const header = `${'case'.padEnd(nameWidth)} ${'max abs'.padStart(9)} ${'max rel'.padStart(9)} ${'allowed'.padStart(9)}`;

/** One line a case: name, largest absolute and relative difference, tolerance, ok or FAIL with the reason. */
function tableLine(line: CaseLine): string {
  const name = line.name.padEnd(nameWidth);
  const { outcome } = line;
  if (outcome.status === 'skipped') return `${name} ${' '.repeat(29)} skipped: ${outcome.reason}`;
  if (outcome.status === 'failed') return `${name} ${' '.repeat(29)} FAIL: ${outcome.error.message}`;
  const { difference, tolerance, broken, note } = outcome.value;
  const numbers = [
    difference.maxAbsolute.toExponential(2),
    difference.maxRelative.toExponential(2),
    limitText(tolerance),
  ];
  const verdict = broken.length === 0 ? (note === undefined ? 'ok' : `ok (${note})`) : `FAIL: ${broken.join('; ')}`;
  return `${name} ${numbers.map((value) => value.padStart(9)).join(' ')} ${verdict}`;
}

/** The relative limit where there is one, marked `rel`. */
function limitText({ absolute, relative = 0 }: CaseMeasurement['tolerance']): string {
  return relative > 0 ? `${relative.toExponential(0)} rel` : absolute.toExponential(2);
}

function jsonLine(line: CaseLine): unknown {
  const { name, outcome } = line;
  const status = statusOf(line);
  return outcome.status === 'ok' ? { name, status, ...outcome.value } : { name, status, reason: reasonOf(outcome) };
}

function exitCodeOf({ failed, skipped }: CaseCounts, { allowSkips }: Pick<VerifyOptions, 'allowSkips'>): number {
  if (failed > 0) return exitCodes.gateFailed;
  return skipped > 0 && allowSkips !== true ? exitCodes.incomplete : exitCodes.ok;
}

function nothingMatches(folder: string, only: string | undefined): BenchError {
  return new BenchError({
    code: 'no-cases',
    kind: 'usage',
    file: folder,
    problem: only === undefined ? 'the folder has no cases' : `no case matches "${only}"`,
    remedy: 'Leave --only out to see the names',
  });
}

import { availableParallelism } from 'node:os';
import { type Command, Option } from 'commander';
import { protocols } from '../core/protocols/index.js';
import type { StatisticsRequest } from '../run/reference-statistics.js';
import {
  collectOutputs,
  collectStatistics,
  parseCount,
  parseNames,
  parseSeeds,
  parseWindow,
} from './option-parsers.js';
import { type ProviderChoice, providerChoices } from './resolve-provider.js';

/** Steps that `--from` can begin at; the last one is always done again. */
export const redoableSteps = ['generate', 'embed', 'score', 'aggregate', 'report'] as const;
/** Steps that `--until` can end with; without it, `report` is the last. */
export const stoppingSteps = ['generate', 'embed', 'score', 'aggregate'] as const;

/** Options that `run` and `score` share, as commander gives them. */
export interface RunOptions {
  readonly suite: string;
  readonly systems?: readonly string[];
  readonly protocol?: string;
  readonly compat?: boolean;
  readonly metrics?: readonly string[];
  readonly referenceStatistics?: readonly StatisticsRequest[];
  readonly clips?: readonly string[];
  readonly limit?: number;
  readonly seed?: readonly number[];
  readonly window?: number | 'full';
  readonly outputs?: ReadonlyMap<string, string>;
  readonly allowMissing?: boolean;
  readonly models?: string;
  readonly modelsFromRecipe?: boolean;
  readonly provider: ProviderChoice;
  readonly batch?: number;
  readonly out?: string;
  readonly cache?: string;
  readonly jobs: number;
  readonly dryRun?: boolean;
  readonly from?: (typeof redoableSteps)[number];
  readonly until?: (typeof stoppingSteps)[number];
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export function addRunOptions(command: Command): Command {
  return command
    .requiredOption('--suite <suite>', 'suite id, folder with suite.json, or folder of videos')
    .option(
      '--protocol <id>',
      `how sound is prepared and figures are computed (default: the suite’s own): ${protocols.map(({ id }) => id).join(', ')}`,
    )
    .option('--compat', 'with the known bugs of the protocol’s tool, where it has any that can be reproduced')
    .option(
      '--metrics <ids>',
      'metrics, separated by commas (default: those of the protocol that is asked for, else of the suite)',
      parseNames,
    )
    .option(
      '--reference-statistics <space=file>',
      'also the Fréchet distance to published statistics (.npz with mean and covariance; FILE#MODEL for one of several); may be repeated',
      collectStatistics,
    )
    .option('--clips <ids>', 'only these clips; the run is marked partial and does not rank', parseNames)
    .option('--limit <n>', 'only the first clips; the run is marked partial and does not rank', parseCount)
    .option(
      '--window <seconds|full>',
      'part of each video that is used, from its start (default: the suite’s own, else 30)',
      parseWindow,
    )
    .option('--allow-missing', 'exit 0 even if outputs are missing or failed')
    .option('--models <folder>', 'folder of imported models (default: BENCH_MODELS_DIR, else the platform’s)')
    .option('--models-from-recipe', 'untrained stand-ins for imported models: a rehearsal whose figures mean nothing')
    .addOption(
      new Option('--provider <name>', 'what computes imported networks: those of systems and those that metrics read')
        .choices(providerChoices)
        .default('cpu'),
    )
    .option(
      '--batch <n>',
      'clips side by side in systems that run networks (default: 1, on CUDA what fits)',
      parseCount,
    )
    .option('--out <folder>', 'run folder (default: bench-runs/SUITE-HASH)')
    .option('--cache <folder>', 'cache folder (default: BENCH_CACHE_DIR, else the platform’s)')
    .option(
      '--jobs <n>',
      'items worked on at a time (default: two a core, since each waits for ffmpeg)',
      parseCount,
      2 * availableParallelism(),
    )
    .option('--dry-run', 'print the plan (clips, systems, metrics, cache hits, disk) and stop')
    .option('--json', 'print the leaderboard as JSON')
    .option('--quiet', 'no progress on stderr');
}

export function systemsOption(): Option {
  return new Option('--systems <ids>', 'systems, separated by commas (default: those of the suite)').argParser(
    parseNames,
  );
}

export function seedOption(): Option {
  return new Option('--seed <n[,n]>', 'seeds; several give several generations per clip (default: 0)').argParser(
    parseSeeds,
  );
}

export function outputsOption(): Option {
  return new Option('--outputs <name=folder>', 'ready-made audio: ID.wav or ID/SEED.wav; may be repeated').argParser(
    collectOutputs,
  );
}

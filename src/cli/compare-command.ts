import { resolve } from 'node:path';
import Table from 'cli-table3';
import { Command } from 'commander';
import { BenchError } from '../core/errors.js';
import { reasonOf } from '../core/outcome.js';
import { describedMetric } from '../metrics/described-metric.js';
import { compareRuns, type RunComparison } from '../scoring/compare-runs.js';
import { readScores, requireManifest } from '../store/run-folder.js';
import { type CommandContext, printJson } from './terminal.js';

export function compareCommand({ terminal }: CommandContext): Command {
  return new Command('compare')
    .description('Paired differences between the systems of two runs over the same suite and protocol.')
    .argument('<runA>', 'run folder')
    .argument('<runB>', 'run folder')
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      '\nSystems of the same name are compared; where no name is shared, every system of A with every system of B.',
    )
    .action(async (a: string, b: string, options: { readonly json?: boolean }) => {
      const [runA, runB] = [await readRun(a), await readRun(b)];
      const [onA, onB] = [runA, runB].map(({ manifest }) => manifest.environment.executionProvider);
      // Features of the same sound then differ by rounding: to be known, no reason to refuse.
      if (onA !== onB) terminal.err(`note: A was computed on ${onA}, B on ${onB}; features differ by rounding`);
      const comparisons = compareRuns(runA, runB, describedMetric);
      if (options.json === true) printJson(terminal, comparisons);
      else terminal.out(render(comparisons));
    });
}

async function readRun(path: string): Promise<Parameters<typeof compareRuns>[0]> {
  const folder = resolve(path);
  const manifest = await requireManifest(folder);
  const stored = await readScores(folder);
  if (stored !== undefined) return { name: folder, manifest, scores: stored.scores };
  throw new BenchError({
    code: 'not-scored',
    kind: 'incomplete',
    file: folder,
    problem: 'has no scores yet',
    remedy: `Finish it with: ${manifest.command}`,
  });
}

function render(comparisons: readonly RunComparison[]): string {
  const table = new Table({
    head: ['metric', 'A', 'B', 'clips', 'A − B', '95 % interval', 'p', 'p (Holm)', 'better'],
    style: { head: [], border: [] },
  });
  for (const { metricId, systemA, systemB, clipCount, outcome, favours } of comparisons) {
    const cells =
      outcome.status === 'ok'
        ? [
            outcome.value.difference.value.toFixed(3),
            `[${outcome.value.difference.lower.toFixed(3)}, ${outcome.value.difference.upper.toFixed(3)}]`,
            outcome.value.pValue.toFixed(4),
            outcome.value.adjustedPValue.toFixed(4),
            favours ?? 'not told apart',
          ]
        : [{ colSpan: 5, content: reasonOf(outcome) }];
    table.push([metricId, systemA, systemB, clipCount, ...cells]);
  }
  return table.toString();
}

import Table from 'cli-table3';
import { Command } from 'commander';
import {
  compatOf,
  type EncoderFamily,
  type MertPlan,
  type Numerics,
  type Protocol,
  type ProtocolPart,
  protocolHash,
  protocolName,
  type SoundStep,
  type WindowPlan,
  type WindowPlans,
} from '../core/protocol.js';
import { mertPlanOf } from '../core/protocols/common.js';
import { inCompat, protocolById, protocols } from '../core/protocols/index.js';
import { notMeasured } from './select-protocol.js';
import { type CommandContext, printJson } from './terminal.js';

export function protocolsCommand(context: CommandContext): Command {
  const description = 'How published tools and this project prepare sound and compute figures.';
  return new Command('protocols')
    .description(description)
    .addCommand(listCommand(context), { isDefault: true })
    .addCommand(showCommand(context));
}

function listCommand({ terminal }: CommandContext): Command {
  return new Command('list')
    .description('All protocols, and the variants with the known bugs of their tools.')
    .option('--json', 'print everything as JSON')
    .action((options: { readonly json?: boolean }) => {
      const all = protocols.flatMap((protocol) => [protocol, compatOf(protocol) ?? []].flat());
      if (options.json === true) return printJson(terminal, all.map(described));
      const table = new Table({
        head: ['id', 'v', 'status', 'what it reproduces', 'hash'],
        colWidths: [25, 4, 16, 60, 15],
        wordWrap: true,
        style: { head: [], border: [] },
      });
      for (const protocol of all)
        table.push([
          ...[protocolName(protocol), protocol.version, protocol.status, `${protocol.title}: ${protocol.summary}`],
          protocolHash(protocol).slice(0, 12),
        ]);
      return terminal.out(table.toString());
    });
}

function showCommand({ terminal }: CommandContext): Command {
  return new Command('show')
    .description('Every choice of a protocol with its source.')
    .argument('<id>', 'protocol')
    .option('--compat', 'the variant with the known bugs of the tool')
    .option('--json', 'print everything as JSON')
    .action((id: string, options: { readonly json?: boolean; readonly compat?: boolean }) => {
      const protocol = options.compat === true ? inCompat(protocolById(id)) : protocolById(id);
      if (options.json === true) return printJson(terminal, described(protocol));
      return terminal.out(render(protocol));
    });
}

/** The data with its hash and what of it this version does not measure. */
function described(protocol: Protocol): object {
  return {
    ...{ name: protocolName(protocol), hash: protocolHash(protocol) },
    ...protocol,
    notMeasured: notMeasured(protocol),
  };
}

function render(protocol: Protocol): string {
  const { title, status, version, windows, numerics, soundOf } = protocol;
  const table = new Table({
    head: ['choice', 'value', 'source'],
    colWidths: [24, 66, 44],
    wordWrap: true,
    style: { head: [], border: [] },
  });
  const row = (choice: string, value: string, part: ProtocolPart): number =>
    table.push([choice, value, sourceText(protocol, part)]);
  row('sound', stepsText(protocol.sound), 'sound');
  for (const [family, steps] of Object.entries(soundOf))
    row(`sound of ${family}`, stepsText(steps), `sound of ${family as EncoderFamily}`);
  for (const [family, plan] of Object.entries({ ...windows, mert: mertPlanOf(protocol) }))
    row(`windows of ${family}`, windowText(plan), `windows of ${family as keyof WindowPlans}`);
  for (const [name, value] of Object.entries(numerics)) row(name, value, name as keyof Numerics);
  row('metrics', protocol.metrics.join('\n') || 'those of the suite', 'metrics');
  for (const { name, reason } of notMeasured(protocol)) row('not measured', `${name}: ${reason}`, 'metrics');
  for (const { tool, correct, compat, source } of protocol.bugs)
    table.push(['known bug', `${tool}\nhere: ${protocol.compat && compat ? 'the same' : correct}`, source]);
  for (const departure of protocol.departures) table.push(['departure', departure, 'this project']);
  return [
    `${protocolName(protocol)}, version ${version}: ${title} (${status})`,
    `hash ${protocolHash(protocol)}`,
    table.toString(),
  ].join('\n');
}

function stepsText(steps: readonly SoundStep[]): string {
  return steps.map((step, index) => `${index + 1}. ${stepText(step)}`).join('\n');
}

function stepText(step: SoundStep): string {
  switch (step.step) {
    case 'channels':
      return step.keep === 'mean' ? 'mean of the channels' : 'first channel';
    case 'subtract-mean':
      return 'less its mean';
    case 'resample':
      return `resampled${step.toHz === undefined ? '' : ` to ${step.toHz} Hz`} by ${step.resampler}`;
    case 'round-to-int16':
      return step.by === 'nearest-32768' ? 'rounded to 16-bit PCM' : 'cut to multiples of 1/32767, as LAION CLAP does';
    case 'match-loudness':
      return `brought to ${step.lufs} LUFS`;
    case 'scale-to-peak':
      return `peak brought to ${step.decibels} dB`;
    case 'divide-by-maximum':
      return `divided by its largest sample, at least ${step.atLeast.toPrecision(3)}`;
    case 'pad-with-zeros':
      return `zeros up to ${step.toSamples} samples`;
  }
}

function windowText(plan: WindowPlan | MertPlan): string {
  const { windowSamples, hopSamples, take, tail, shortestTailSamples, short } = plan;
  const size = windowSamples === 'network' ? 'as long as the network takes' : `${windowSamples} samples`;
  const hop = hopSamples === 'window' ? 'end to end' : `every ${hopSamples}`;
  const rows = 'rows' in plan ? `; rows are ${plan.rows}` : '';
  if (take === 'first') return `${size}, only the first; shorter sound ${shortTexts[short]}${rows}`;
  const rest =
    tail === 'drop' ? 'a rest is left out' : `a rest from ${shortestTailSamples} samples on ${tailTexts[tail]}`;
  return `${size}, ${hop}; ${rest}; shorter sound ${shortTexts[short]}${rows}`;
}

const tailTexts: Readonly<Record<WindowPlan['tail'], string>> = {
  drop: 'is left out',
  keep: 'is a shorter window',
  'zero-pad': 'is filled up with zeros',
  'shift-back': 'is in a last whole window',
};

const shortTexts: Readonly<Record<WindowPlan['short'], string>> = {
  'as-tail': 'is taken as a rest',
  drop: 'is left out',
  'zero-pad': 'is filled up with zeros',
  repeat: 'is repeated',
};

function sourceText({ sources }: Protocol, part: ProtocolPart): string {
  const settling = sources.filter(({ settles }) => settles.includes(part));
  if (settling.length === 0) return 'this project';
  return settling
    .map(({ repository, commit, file }) => `${repository.replace('https://github.com/', '')} ${commit}: ${file}`)
    .join('\n');
}

import { resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { BenchError, exitCodes } from '../core/errors.js';
import { type Compat, compatModes } from '../generate/vidmuse/compat.js';
import {
  type Decoding,
  decodings,
  modelsIdentity,
  openVidmuseEngine,
  type VidmuseEngine,
} from '../generate/vidmuse/engine.js';
import { generationVersion, type TrackSettings } from '../generate/vidmuse/generate-track.js';
import type { GenerationLine, GenerationSettings } from '../generate/vidmuse/generation-record.js';
import { fittingBatch } from '../generate/vidmuse/gpu-memory.js';
import { readVidmuseModels } from '../generate/vidmuse/imported-networks.js';
import type { LoudnessMode } from '../generate/vidmuse/loudness.js';
import type { VidmuseModels } from '../generate/vidmuse/networks.js';
import { officialSampling } from '../generate/vidmuse/sampling.js';
import { modelsDirectory } from '../models/models-folder.js';
import type { ExecutionProvider } from '../models/session.js';
import { dtypes } from '../verify/case-runner.js';
import { generateVideos } from './generate-videos.js';
import { licenceText } from './models-list-command.js';
import { parseCount, parseWindow } from './option-parsers.js';
import type { SetExitCode } from './program.js';
import { type ProviderChoice, providerChoices, resolveProvider } from './resolve-provider.js';
import { createSecondsDisplay } from './seconds-display.js';
import { type CommandContext, printJson } from './terminal.js';

interface GenerateOptions {
  readonly model: string;
  readonly out: string;
  readonly models?: string;
  readonly seed: number;
  readonly topK: number;
  readonly topP: number;
  readonly temperature: number;
  readonly guidance?: number;
  readonly duration?: number | 'full';
  readonly dtype?: 'f32' | 'f16';
  readonly provider: ProviderChoice;
  readonly threads?: number;
  readonly batch?: number;
  readonly decoding?: Decoding;
  readonly compat: Compat;
  readonly antialias?: boolean;
  readonly loudness: LoudnessMode;
  readonly mux?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export function generateCommand(context: CommandContext, setExitCode: SetExitCode): Command {
  return new Command('generate')
    .description('Make music for videos with an imported model: one 32 kHz WAV for each, and a record beside them.')
    .argument('<video...>', 'video files')
    .requiredOption('--out <folder>', 'folder of the sound files and of generations.jsonl')
    .addOption(new Option('--model <id>', 'generator').choices(['vidmuse']).default('vidmuse'))
    .option('--models <folder>', 'folder of imported models (default: BENCH_MODELS_DIR, else the platform’s)')
    .option('--seed <n>', 'seed; each video and window has draws of its own', parseWhole, 0)
    .option('--top-k <n>', 'draw from so many codes; 0: all', parseWhole, officialSampling.topK)
    .option(
      '--top-p <share>',
      'draw from the likeliest codes up to this share instead',
      parseShare,
      officialSampling.topP,
    )
    .option('--temperature <t>', '0: the likeliest code is taken', parseNumber, officialSampling.temperature)
    .option('--guidance <g>', 'weight of the pictures against black ones (default: the model’s, 3)', parseNumber)
    .option('--duration <seconds|full>', 'only so much music from the start', parseWindow)
    .addOption(new Option('--compat <mode>', explanation.compat).choices(compatModes).default('fixed'))
    .option('--antialias', 'smooth pictures while they are made smaller, which the authors’ software does not')
    .addOption(new Option('--loudness <mode>', explanation.loudness).choices(['upstream', 'none']).default('upstream'))
    .addOption(new Option('--provider <name>', 'what computes').choices(providerChoices).default('cpu'))
    .addOption(new Option('--dtype <type>', 'refuse networks that were imported in another type').choices(dtypes))
    .option('--threads <n>', 'threads inside one operator (default: 2); other numbers give other last bits', parseCount)
    .option('--batch <n>', 'windows of different videos side by side (default: 1, on CUDA what fits)', parseCount)
    .addOption(new Option('--decoding <way>', explanation.decoding).choices(decodings))
    .option('--mux', 'write each video with the music as its sound, too')
    .option('--json', 'print the lines of the record as JSON')
    .option('--quiet', 'no progress')
    .addHelpText('after', afterHelp)
    .action(async (videos: string[], options: GenerateOptions) => {
      setExitCode(await generate(videos, options, context));
    });
}

/** With the provider that `auto` came to. */
type ResolvedOptions = Omit<GenerateOptions, 'provider'> & { readonly provider: ExecutionProvider };

const explanation = {
  compat: 'fixed: frames at true times; upstream: what the authors’ code does, slips included',
  loudness: 'upstream: to -16 LUFS with tanh against peaks; none: as decoded',
  decoding:
    'one run for each step, with keys and values on the host or resident on the device, or for each window (default: step on the CPU, resident on WebGPU, window on CUDA)',
};

const afterHelp = `
Videos that the record has with the same content and settings are not made again; a video that fails leaves a line and the rest goes on.
Exit codes: 0 all made, 1 none made, 3 some made.`;

async function generate(videos: readonly string[], asked: GenerateOptions, context: CommandContext): Promise<number> {
  const { terminal, signal, now } = context;
  const options = { ...asked, provider: await resolveProvider(asked.provider, terminal) };
  const models = await readVidmuseModels(modelsDirectory(options.models));
  refuseOtherType(models, options);
  const licenceNotice = `${options.model}: licence ${licenceText(models.decoder.card)}${models.decoder.card.trained ? '' : ', UNTRAINED'}`;
  terminal.err(licenceNotice);
  const isOnGpu = options.provider !== 'cpu';
  const batch = options.batch ?? (await fittingBatch(options.provider, models.decoder.card.dimensions));
  const settings = settingsOf(models, options);
  const { compat, antialias, loudness, guidance, sampling } = settings;
  const track: TrackSettings = { compat, antialias, loudness, framesAtATime: isOnGpu ? 16 : 1 };
  let engine: Promise<VidmuseEngine> | undefined;
  const openEngine = (): Promise<VidmuseEngine> => {
    engine ??= openVidmuseEngine(models, {
      ...{ provider: options.provider, batch, guidance, sampling },
      ...(options.threads === undefined ? {} : { threads: options.threads }),
      ...(options.decoding === undefined ? {} : { decoding: options.decoding }),
      onSmallerBatch: (smaller) =>
        terminal.err(`warning: out of memory; going on with ${smaller} windows side by side`),
    });
    return engine;
  };
  const display = createSecondsDisplay(terminal, { quiet: options.quiet === true });
  const startedMs = now().getTime();
  try {
    const lines = await generateVideos({
      ...{ videos, settings, track, batch, licenceNotice, openEngine, signal, now, outFolder: resolve(options.out) },
      mux: options.mux === true,
      onProgress: display.show,
      onVideo: (line, isNew) => sayVideo(line, isNew, { terminal, options }),
    });
    display.stop();
    if (options.json === true) printJson(terminal, lines);
    saySum(lines, { terminal, wallSeconds: (now().getTime() - startedMs) / 1000 });
    return exitCodeOf(lines);
  } finally {
    display.stop();
    await engine?.then(
      (opened) => opened[Symbol.asyncDispose](),
      () => undefined,
    );
  }
}

function settingsOf(models: VidmuseModels, options: ResolvedOptions): GenerationSettings {
  const { decoder } = models;
  const trained = (decoder.card.dimensions as { readonly decoder: { readonly guidance: number } }).decoder.guidance;
  return {
    ...{ model: options.model, modelSha256: modelsIdentity(models), generationVersion },
    ...{ dtype: decoder.card.dtype, provider: options.provider, compat: options.compat },
    ...{ antialias: options.antialias === true, loudness: options.loudness },
    guidance: options.guidance ?? trained,
    sampling: { temperature: options.temperature, topK: options.topK, topP: options.topP },
    seed: options.seed,
    durationSeconds: typeof options.duration === 'number' ? options.duration : null,
  };
}

function refuseOtherType(models: VidmuseModels, { dtype }: Pick<GenerateOptions, 'dtype'>): void {
  const got = models.decoder.card.dtype;
  if (dtype === undefined || dtype === got) return;
  throw new BenchError({
    code: 'other-dtype-imported',
    kind: 'usage',
    file: models.decoder.folder,
    problem: 'the networks were imported in another floating type',
    expected: dtype,
    got,
    remedy: `Import them with --dtype ${dtype} --replace, or leave --dtype out`,
  });
}

function sayVideo(
  { video, outcome }: GenerationLine,
  isNew: boolean,
  {
    terminal,
    options,
  }: { readonly terminal: CommandContext['terminal']; readonly options: Pick<GenerateOptions, 'json' | 'out'> },
): void {
  if (outcome.status === 'failed') terminal.err(`failed: ${outcome.error.message}`);
  else if (outcome.status === 'skipped') terminal.err(`skipped: ${video}: ${outcome.reason}`);
  else {
    if (!isNew) terminal.err(`already there: ${video}`);
    if (options.json !== true) terminal.out(resolve(options.out, outcome.value.path));
  }
}

function saySum(
  lines: readonly GenerationLine[],
  { terminal, wallSeconds }: { readonly terminal: CommandContext['terminal']; readonly wallSeconds: number },
): void {
  const made = lines.flatMap(({ outcome }) => (outcome.status === 'ok' ? [outcome.value.durationSeconds] : []));
  const seconds = made.reduce((sum, one) => sum + one, 0);
  const factor = seconds === 0 ? '' : `, ${(wallSeconds / seconds).toFixed(2)} s for each second of music`;
  terminal.err(
    `${made.length} of ${lines.length} videos, ${seconds.toFixed(1)} s of music in ${wallSeconds.toFixed(1)} s${factor}`,
  );
}

function exitCodeOf(lines: readonly GenerationLine[]): number {
  const made = lines.filter(({ outcome }) => outcome.status === 'ok').length;
  if (made === lines.length) return exitCodes.ok;
  return made === 0 ? exitCodes.error : exitCodes.incomplete;
}

function parseWhole(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Expected a whole number from 0.');
  return Number(text);
}

function parseNumber(text: string): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number) || number < 0)
    throw new InvalidArgumentError('Expected a number from 0.');
  return number;
}

function parseShare(text: string): number {
  const share = parseNumber(text);
  if (share > 1) throw new InvalidArgumentError('Expected a share from 0 to 1.');
  return share;
}

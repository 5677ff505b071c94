import { resolve } from 'node:path';
import { BenchError, errorOf } from '../core/errors.js';
import { failed, type Outcome, ok, skipped } from '../core/outcome.js';
import { lengthOf, type Waveform } from '../core/waveform.js';
import { readFfmpeg } from './ffmpeg.js';
import { type AudioInfo, type MediaInfo, probeMedia } from './probe.js';
import { readPlainWav } from './read-wav.js';
import { createSampleCollector } from './sample-collector.js';
import { planSeek } from './seek.js';
import { wavShareThere } from './wav-header.js';

export interface AudioWindow {
  /** From the first picture where the file has pictures, from the first sample where it is sound alone. Default 0. */
  readonly startSeconds?: number;
  /** Left out: to the end. */
  readonly durationSeconds?: number;
  readonly signal?: AbortSignal;
}

/** Sound that starts this much beside the pictures is usual (codec padding) and not remarked on. */
const usualOffsetSeconds = 0.05;
/** A sound that ends this much before its stated end is called truncated; less is the codec's rounding. */
const truncationSeconds = 0.1;

/**
 * The sound of a media file as it is: its own rate and channels, 32-bit float, never resampled or mixed. Sound that starts
 * after the pictures is padded with silence and sound that starts before them is cut, so that sample 0 is `startSeconds`
 * after the first picture. A file that breaks off gives what decodes, with a warning. Samples that are NaN or beyond
 * [-1, 1] in the file are so in the result. Skipped: no sound track. Failed: no such file, not media, nothing decodes.
 * Throws only when aborted.
 */
export async function decodeAudio(path: string, window: AudioWindow = {}): Promise<Outcome<Waveform>> {
  const file = resolve(path);
  if (window.signal?.aborted) {
    throw new BenchError({ code: 'interrupted', kind: 'interrupted', problem: 'stopped on request', file });
  }
  try {
    const plain = await readPlainWav(file, { startSeconds: 0, ...window });
    if (plain !== undefined && lengthOf(plain) > 0) return ok(plain);
    const info = await probeMedia(file);
    if (info.audio === undefined) return skipped(`${file} has no sound track`);
    return await decodeStream(file, { info, audio: info.audio, window });
  } catch (error) {
    if (window.signal?.aborted) throw error;
    const { code, message } = errorOf(error);
    return failed(code, message);
  }
}

interface Source {
  readonly info: MediaInfo;
  readonly audio: AudioInfo;
  readonly window: AudioWindow;
}

async function decodeStream(file: string, source: Source): Promise<Outcome<Waveform>> {
  const { audio, window } = source;
  const plan = planDecoding(source);
  const collector = createSampleCollector({ channels: audio.channels, ...plan });
  const messages = new Set<string>();
  let broken: BenchError | undefined;
  try {
    for await (const chunk of readFfmpeg({ ...jobFor(file, source, plan), onMessage: (line) => messages.add(line) })) {
      if (collector.push(chunk)) break;
    }
  } catch (error) {
    if (window.signal?.aborted || !(error instanceof BenchError)) throw error;
    broken = error;
  }
  const waveform = { sampleRateHz: audio.sampleRateHz, channels: collector.finish() };
  if (lengthOf(waveform) > 0)
    return ok(waveform, await remarks(file, { ...source, waveform, messages: [...messages] }));
  if (broken !== undefined) return failed(broken.code, broken.message);
  return failed('no-sound-in-window', `${file}: has no sound from ${window.startSeconds ?? 0} s on`);
}

interface DecodingPlan {
  readonly seekSeconds: number | undefined;
  /** Time stamp that the first sample of ffmpeg's output is brought to, in samples; undefined: left as it is. */
  readonly firstSample: number | undefined;
  readonly skip: number;
  readonly limit: number;
  readonly expected: number;
}

/** Positions are whole samples on the container's clock (`-copyts`), so that rounding happens once. */
function planDecoding({ info, audio, window }: Source): DecodingPlan {
  const rateHz = audio.sampleRateHz;
  const originSeconds = info.video?.startSeconds ?? audio.startSeconds;
  const wanted = Math.round((originSeconds + (window.startSeconds ?? 0)) * rateHz);
  const limit =
    window.durationSeconds === undefined ? Number.POSITIVE_INFINITY : Math.round(window.durationSeconds * rateHz);
  const seek = planSeek(info, wanted / rateHz);
  const startsAt = seek?.landsAtSeconds ?? Math.min(originSeconds, audio.startSeconds);
  const first = Math.round(startsAt * rateHz);
  const rest = Math.ceil((info.durationSeconds - (window.startSeconds ?? 0) + 1) * rateHz);
  return {
    seekSeconds: seek?.argumentSeconds,
    firstSample: info.video === undefined && seek === undefined ? undefined : first,
    skip: wanted - first,
    limit,
    expected: Math.max(1, rest),
  };
}

function jobFor(file: string, { audio, window }: Source, plan: DecodingPlan): Parameters<typeof readFfmpeg>[0] {
  const seek = plan.seekSeconds === undefined ? [] : ['-ss', plan.seekSeconds.toFixed(6)];
  // `async=1` fills and trims by whole samples and never stretches; it also keeps time across gaps in the time stamps.
  const align =
    plan.firstSample === undefined ? [] : ['-af', `aresample=async=1:min_comp=0.00001:first_pts=${plan.firstSample}`];
  const format = ['-ar', String(audio.sampleRateHz), '-c:a', 'pcm_f32le', '-f', 'f32le'];
  return {
    inputs: [{ source: file, options: ['-copyts', ...seek] }],
    outputOptions: ['-map', `0:${audio.streamIndex}`, ...align, ...format],
    subject: file,
    ...(window.signal === undefined ? {} : { signal: window.signal }),
  };
}

async function remarks(
  file: string,
  found: Source & { readonly waveform: Waveform; readonly messages: readonly string[] },
): Promise<string[]> {
  return [offsetRemark(found), await truncationRemark(file, found), messageRemark(found.messages)].filter(
    (remark) => remark !== undefined,
  );
}

function offsetRemark({ info, audio }: Source): string | undefined {
  const late = audio.startSeconds - (info.video?.startSeconds ?? audio.startSeconds);
  if (Math.abs(late) < usualOffsetSeconds) return undefined;
  return late > 0
    ? `the sound starts ${late.toFixed(3)} s after the pictures and was padded with silence`
    : `the sound starts ${(-late).toFixed(3)} s before the pictures and was cut`;
}

async function truncationRemark(
  file: string,
  { info, audio, window, waveform }: Source & { readonly waveform: Waveform },
): Promise<string | undefined> {
  const start = window.startSeconds ?? 0;
  const stated = audio.durationSeconds ?? (info.video === undefined ? info.durationSeconds : undefined);
  if (stated === undefined) return undefined;
  const share = await wavShareThere(file);
  const late = audio.startSeconds - (info.video?.startSeconds ?? audio.startSeconds);
  const statedEnd = stated / (share || 1) + late;
  const wantedEnd = Math.min(statedEnd, start + (window.durationSeconds ?? Number.POSITIVE_INFINITY));
  const end = start + lengthOf(waveform) / waveform.sampleRateHz;
  if (wantedEnd - end < truncationSeconds) return undefined;
  return `the sound breaks off at ${end.toFixed(2)} s; the file states ${statedEnd.toFixed(2)} s`;
}

function messageRemark(messages: readonly string[]): string | undefined {
  const [first] = messages;
  if (first === undefined) return undefined;
  const more = messages.length > 1 ? ` (and ${messages.length - 1} more)` : '';
  return `ffmpeg said while decoding: ${first}${more}`;
}

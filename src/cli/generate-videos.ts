import { stat } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { BenchError, errorOf } from '../core/errors.js';
import { hashOf } from '../core/hash.js';
import { mapConcurrently } from '../core/map-concurrently.js';
import { failed, type Outcome, ok } from '../core/outcome.js';
import { seedOfClip } from '../generate/clip-seed.js';
import type { VidmuseEngine } from '../generate/vidmuse/engine.js';
import { generateTrack, type TrackSettings } from '../generate/vidmuse/generate-track.js';
import type { GenerationLine, GenerationSettings, MadeTrack } from '../generate/vidmuse/generation-record.js';
import { hashFile } from '../media/hash-file.js';
import { muxSound } from '../media/mux-sound.js';
import { probeMedia } from '../media/probe.js';
import { openVideoFrames } from '../media/video-frames.js';
import { writeWav } from '../media/write-wav.js';
import { type JsonLinesFile, openJsonLines } from '../store/json-lines.js';
import type { MadeSoFar } from './seconds-display.js';

export interface GenerateVideosOptions {
  readonly videos: readonly string[];
  readonly outFolder: string;
  readonly settings: GenerationSettings;
  readonly track: TrackSettings;
  readonly batch: number;
  readonly licenceNotice: string;
  readonly mux: boolean;
  /** Called when the first video needs music. */
  readonly openEngine: () => Promise<VidmuseEngine>;
  readonly signal: AbortSignal;
  readonly now: () => Date;
  readonly onProgress: (made: MadeSoFar) => void;
  readonly onVideo: (line: GenerationLine, isNew: boolean) => void;
}

export const recordFile = 'generations.jsonl';

/** Name of a video without its ending: its clip id, and the name of what is made for it. */
function stemOf(video: string): string {
  return basename(video, extname(video));
}

/** One file for each video and a line in the record as soon as it is there; a video that fails leaves a line and the others go on. */
export async function generateVideos(options: GenerateVideosOptions): Promise<readonly GenerationLine[]> {
  refuseSameNames(options.videos);
  const record = await openJsonLines<GenerationLine>(join(options.outFolder, recordFile));
  try {
    const known = new Map(record.records.map((line) => [line.key, line]));
    const jobs = await Promise.all(options.videos.map((video) => jobOf(video, options)));
    const progress = progressOf(jobs, options);
    const lines = new Map<string, GenerationLine>();
    // Twice as many as go side by side: the next ones' pictures are ready when places become free.
    await mapConcurrently(jobs, { jobs: 2 * options.batch, signal: options.signal }, async (job) => {
      const earlier = known.get(job.key);
      const isDone = earlier !== undefined && (await isThere(earlier, options.outFolder));
      const onSeconds = (seconds: number): void => progress.made(job, seconds);
      const line = isDone ? earlier : await tryVideo(job, record, { ...options, onSeconds });
      progress.finished(job, isDone);
      lines.set(job.video, line);
      options.onVideo(line, !isDone);
    });
    return options.videos.map((video) => lines.get(video)!);
  } finally {
    await record.close();
  }
}

interface VideoJob {
  readonly video: string;
  readonly key: string;
  readonly sha256: string | null;
  /** Of the music to make; 0 where the video cannot be read, which `problem` says. */
  readonly durationSeconds: number;
  readonly problem?: Outcome<never>;
}

async function jobOf(video: string, { settings, signal }: GenerateVideosOptions): Promise<VideoJob> {
  try {
    const { durationSeconds } = await probeMedia(video);
    const sha256 = await hashFile(resolve(video), { signal });
    const wanted = Math.min(durationSeconds, settings.durationSeconds ?? durationSeconds);
    return { video, sha256, durationSeconds: wanted, key: hashOf([stemOf(video), sha256, settings as never]) };
  } catch (error) {
    signal.throwIfAborted();
    const { code, message } = errorOf(error);
    const key = hashOf([resolve(video), settings as never]);
    return { video, key, sha256: null, durationSeconds: 0, problem: failed(code, message) };
  }
}

async function isThere({ outcome }: GenerationLine, folder: string): Promise<boolean> {
  if (outcome.status !== 'ok') return false;
  const paths = [outcome.value.path, outcome.value.muxedPath].filter((path) => path !== undefined);
  const found = await Promise.all(
    paths.map((path) =>
      stat(join(folder, path)).then(
        (file) => file.isFile(),
        () => false,
      ),
    ),
  );
  return found.every(Boolean);
}

interface TryOptions extends GenerateVideosOptions {
  readonly onSeconds: (seconds: number) => void;
}

async function tryVideo(
  job: VideoJob,
  record: JsonLinesFile<GenerationLine>,
  options: TryOptions,
): Promise<GenerationLine> {
  const outcome =
    job.problem ?? (await makeTrack(job, options).catch((error: unknown) => asFailed(error, options.signal)));
  const { settings, batch, licenceNotice, now } = options;
  const line: GenerationLine = {
    ...{ key: job.key, video: job.video, videoSha256: job.sha256, settings, batch, licenceNotice },
    ...(outcome.status === 'ok' ? { decoding: (await options.openEngine()).decoding } : {}),
    finishedAt: now().toISOString(),
    outcome,
  };
  await record.append(line);
  return line;
}

function asFailed(error: unknown, signal: AbortSignal): Outcome<never> {
  signal.throwIfAborted();
  // What is wrong with the machine or the call is wrong for every video.
  if (error instanceof BenchError && error.kind !== 'input') throw error;
  const { code, message } = errorOf(error);
  return failed(code, message);
}

async function makeTrack(job: VideoJob, options: TryOptions): Promise<Outcome<MadeTrack>> {
  const { outFolder, settings, signal, now, onSeconds } = options;
  const opened = await openVideoFrames(job.video);
  if (opened.status === 'skipped') return failed('no-pictures', opened.reason);
  if (opened.status !== 'ok') return opened;
  const engine = await options.openEngine();
  const startedMs = now().getTime();
  const made = await generateTrack(engine, {
    ...{ frames: opened.value, durationSeconds: job.durationSeconds, settings: options.track, signal, onSeconds },
    seed: seedOfClip(settings.seed, stemOf(job.video)),
  });
  if (made.status !== 'ok') return made;
  const { waveform, windows } = made.value;
  const path = `${stemOf(job.video)}.wav`;
  await writeWav(join(outFolder, path), waveform, { format: 'pcm16' });
  const muxedPath = options.mux ? `${stemOf(job.video)}.${settings.model}${muxEnding(job.video)}` : undefined;
  if (muxedPath !== undefined)
    await muxSound(join(outFolder, muxedPath), { videoPath: job.video, audioPath: join(outFolder, path), signal });
  const durationSeconds = waveform.channels[0]!.length / waveform.sampleRateHz;
  const wallSeconds = (now().getTime() - startedMs) / 1000;
  return ok({
    ...{ path, sha256: await hashFile(join(outFolder, path)), durationSeconds, windows, wallSeconds },
    ...(muxedPath === undefined ? {} : { muxedPath }),
    realTimeFactor: wallSeconds / durationSeconds,
  });
}

/** The video's own ending where it can hold AAC; else Matroska, which holds anything. */
function muxEnding(video: string): string {
  const ending = extname(video).toLowerCase();
  return ['.mp4', '.mov', '.mkv'].includes(ending) ? ending : '.mkv';
}

interface SharedProgress {
  made(job: VideoJob, seconds: number): void;
  finished(job: VideoJob, wasThere: boolean): void;
}

function progressOf(jobs: readonly VideoJob[], { onProgress }: GenerateVideosOptions): SharedProgress {
  const totalSeconds = jobs.reduce((sum, { durationSeconds }) => sum + durationSeconds, 0);
  const done = new Map<VideoJob, number>();
  let clips = 0;
  let knownSeconds = 0;
  const tell = (): void => {
    const seconds = [...done.values()].reduce((sum, one) => sum + one, 0);
    onProgress({ clips, totalClips: jobs.length, seconds, totalSeconds, knownSeconds });
  };
  return {
    made: (job, seconds) => {
      done.set(job, Math.min(seconds, job.durationSeconds));
      tell();
    },
    finished: (job, wasThere) => {
      clips += 1;
      if (wasThere) knownSeconds += job.durationSeconds;
      done.set(job, job.durationSeconds);
      tell();
    },
  };
}

function refuseSameNames(videos: readonly string[]): void {
  const seen = new Map<string, string>();
  for (const video of videos) {
    const other = seen.get(stemOf(video));
    if (other !== undefined)
      throw new BenchError({
        code: 'same-video-name',
        kind: 'usage',
        problem: `${other} and ${video} would both become ${stemOf(video)}.wav`,
        remedy: 'Rename one, or generate them into different folders',
      });
    seen.set(stemOf(video), video);
  }
}

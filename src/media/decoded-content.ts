import { createHash, type Hash } from 'node:crypto';
import { resolve } from 'node:path';
import { readFfmpeg } from './ffmpeg.js';
import type { AudioInfo, MediaInfo, VideoInfo } from './probe.js';

/** What a file holds once it is decoded, whatever its container, name and tags. */
export interface DecodedContent {
  readonly pictures?: DecodedStream;
  readonly sound?: DecodedStream;
  /** What ffmpeg had to say, without repeats; empty for a sound file. */
  readonly messages: readonly string[];
}

export interface DecodedStream {
  /**
   * Identity of the content. Pictures and losslessly coded sound: of what is decoded. Lossy sound: of the coded packets, because
   * decoders of such sound round differently from build to build (measured: AAC by ffmpeg 4.1 and 5.1), and an identity must not.
   */
  readonly sha256: string;
  /** Pictures, or blocks of sound. */
  readonly count: number;
  /** From the first to the end of the last that could be decoded. */
  readonly durationSeconds: number;
}

/** Raised when the same content would get another identity. */
export const decodedContentVersion = 2;

const lossless = /^(pcm_.*|flac|alac|wavpack|ape|tta|mlp|truehd)$/;
const blockLength = 4096;
const keptMessages = 8;

/**
 * Decodes a whole file once. Pictures keep their stored format and rotation; timing is not part of the identity. Throws a
 * BenchError where ffmpeg gives up, after less than everything or at once.
 */
export async function readDecodedContent(
  path: string,
  { info, signal }: { readonly info: MediaInfo; readonly signal?: AbortSignal },
): Promise<DecodedContent> {
  const file = resolve(path);
  const { outputOptions, roles } = planOf(info);
  const streams = roles.map(() => new StreamReader());
  const messages = new Set<string>();
  const job = {
    // Stored pictures: turning them would only hide that two files are the same.
    inputs: [{ source: file, options: info.video === undefined ? ['-vn'] : ['-noautorotate'] }],
    outputOptions,
    subject: file,
    onMessage: (line: string) => messages.add(line),
    ...(signal === undefined ? {} : { signal }),
  };
  for await (const line of linesOf(readFfmpeg(job))) readLine(line, streams);
  const found = (role: Role): DecodedStream | undefined => streams[roles.indexOf(role)]?.finish();
  const [pictures, sound, packets] = [found('pictures'), found('sound'), found('packets')];
  return {
    ...(pictures === undefined ? {} : { pictures }),
    // Lengths are those of the decoded sound: packets count what the decoder drops.
    ...(sound === undefined ? {} : { sound: { ...sound, sha256: packets?.sha256 ?? sound.sha256 } }),
    messages: [...messages].slice(0, keptMessages),
  };
}

type Role = 'pictures' | 'sound' | 'packets';

function planOf({ video, audio }: MediaInfo): { outputOptions: string[]; roles: Role[] } {
  const pictures = video === undefined ? [] : pictureOptions(video);
  const sound = audio === undefined ? [] : soundOptions(audio);
  return {
    outputOptions: [...pictures, ...sound, '-f', 'framehash', '-hash', 'murmur3'],
    roles: [
      ...(video === undefined ? [] : (['pictures'] as const)),
      ...(audio === undefined ? [] : (['sound'] as const)),
      ...(audio === undefined || lossless.test(audio.codec) ? [] : (['packets'] as const)),
    ],
  };
}

/** Ticks finer than any container's: on a clock of the average rate, ffmpeg drops pictures that fall on one tick. */
function pictureOptions({ streamIndex }: VideoInfo): string[] {
  return ['-map', `0:${streamIndex}`, '-c:v', 'rawvideo', '-enc_time_base:v', '1/1000000'];
}

/** 64-bit floats hold every sample of every lossless format; blocks of one length, since containers cut sound differently. */
function soundOptions({ streamIndex, codec }: AudioInfo): string[] {
  const decoded = [
    ...['-map', `0:${streamIndex}`, '-c:a:0', 'pcm_f64le'],
    ...['-filter:a:0', `asetnsamples=n=${blockLength}:p=0`],
  ];
  return lossless.test(codec) ? decoded : [...decoded, '-map', `0:${streamIndex}`, '-c:a:1', 'copy'];
}

/** Reads lines such as `0, 12, 12, 1, 4608, c85e…` and `#tb 0: 1/25` of ffmpeg's framehash format. */
function readLine(line: string, streams: readonly StreamReader[]): void {
  const timeBase = /^#tb (\d+): (\d+)\/(\d+)/.exec(line);
  if (timeBase !== null) {
    streams[Number(timeBase[1])]?.setTick(Number(timeBase[2]) / Number(timeBase[3]));
    return;
  }
  if (line.startsWith('#')) return;
  const [stream, , start, duration, , hash] = line.split(',').map((cell) => cell.trim());
  if (hash !== undefined) streams[Number(stream)]?.add({ start: Number(start), duration: Number(duration), hash });
}

class StreamReader {
  private readonly hash: Hash = createHash('sha256');
  private tickSeconds = 1;
  private count = 0;
  private first = Number.POSITIVE_INFINITY;
  private last = Number.NEGATIVE_INFINITY;
  private end = Number.NEGATIVE_INFINITY;

  setTick(seconds: number): void {
    this.tickSeconds = seconds;
  }

  add({ start, duration, hash }: { readonly start: number; readonly duration: number; readonly hash: string }): void {
    this.hash.update(`${hash}\n`);
    this.count += 1;
    this.first = Math.min(this.first, start);
    this.last = Math.max(this.last, start);
    this.end = Math.max(this.end, start + duration);
  }

  finish(): DecodedStream | undefined {
    if (this.count === 0) return undefined;
    return {
      sha256: this.hash.digest('hex'),
      count: this.count,
      durationSeconds: (this.endTick() - this.first) * this.tickSeconds,
    };
  }

  /** Old versions of ffmpeg state no length for raw pictures: the last one then lasts as long as the others do on average. */
  private endTick(): number {
    if (this.end > this.last || this.count === 1) return this.end;
    return this.last + (this.last - this.first) / (this.count - 1);
  }
}

async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, undefined> {
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + Buffer.from(chunk).toString('latin1')).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}

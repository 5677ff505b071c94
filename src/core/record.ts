import type { Outcome } from './outcome.js';
import type { Protocol } from './protocol.js';

/** What a run was asked to do. Its hash names the run folder, so the same command finds its own earlier work. */
export interface RunSpec {
  readonly schemaVersion: 1;
  readonly suite: { readonly id: string; readonly version: string; readonly hash: string; readonly clipCount: number };
  readonly protocol: ProtocolSpec;
  /** The clips of this run, sorted; fewer than the suite's make a partial run, which never ranks. */
  readonly clipIds: readonly string[];
  readonly systems: readonly SystemSpec[];
  readonly metrics: readonly MetricSpec[];
  /** Imported networks that the metrics read; left out: none. */
  readonly models?: readonly ModelSpec[];
  /** What computed them, as float32 goes: left out for the CPU and where there are none. */
  readonly computedBy?: string;
  readonly seeds: readonly number[];
  /** Seconds scored from each clip's start, or `full`. */
  readonly window: number | 'full';
}

export interface ProtocolSpec extends Pick<Protocol, 'id' | 'compat'> {
  /** Left out in runs of versions that had one protocol. */
  readonly version?: number;
  readonly status?: Protocol['status'];
  /** Over everything in it that can change a number. */
  readonly hash: string;
}

export interface MetricSpec {
  readonly id: string;
  readonly version: number;
  /** True: it reads a network with untrained weights, so its figures mean nothing. */
  readonly untrained?: true;
  /** Of data that the metric brought itself, such as published statistics. */
  readonly contentHash?: string;
}

export interface ModelSpec {
  readonly id: string;
  /** Identity of network and weights. */
  readonly weightsSha256: string;
  readonly trained: boolean;
}

export interface SystemSpec {
  readonly id: string;
  readonly version: number;
  /** `files`: ready-made audio given by the user. */
  readonly kind: 'generator' | 'files';
  readonly title: string;
  readonly summary: string;
  readonly sees: readonly string[];
  readonly sameSet: boolean;
  readonly licenceNotice?: string;
  /** Hash over the ready-made files, or over weights and settings, so that changed ones are another run. */
  readonly contentHash?: string;
}

/** One line of generations.jsonl. */
export interface GenerationRecord {
  readonly key: string;
  readonly systemId: string;
  readonly clipId: string;
  readonly seed: number;
  readonly outcome: Outcome<GeneratedAudio>;
}

export interface GeneratedAudio {
  /** Path inside the run folder, with forward slashes. */
  readonly path: string;
  /** SHA-256 of the file. */
  readonly sha256: string;
  readonly sampleRateHz: number;
  readonly durationSeconds: number;
  /** Ready-made files whose sound begins this much after the video's start; left out for 0. */
  readonly startSeconds?: number;
  /** Remarks that a reader of the table must see: "2.1 s shorter than the video". */
  readonly flags: readonly string[];
  /** Time it took to make; not part of any score. Left out for ready-made files. */
  readonly wallSeconds?: number;
}

/** One line of embeddings.jsonl. */
export interface EmbeddingRecord {
  readonly key: string;
  readonly encoder: string;
  /** Left out for features of the video. `reference` names the clip's own music. */
  readonly systemId?: string;
  readonly clipId: string;
  readonly seed: number;
  readonly outcome: Outcome<{ readonly rows: Readonly<Record<string, number>> }>;
}

export interface Environment {
  readonly benchVersion: string;
  readonly gitCommit?: string;
  readonly gitDirty?: boolean;
  readonly node: string;
  readonly platform: string;
  readonly cpu: string;
  readonly onnxruntime: string;
  /** What computed imported networks; what ships with bench is computed by the CPU. */
  readonly executionProvider: string;
  readonly ffmpeg: string;
  readonly models: readonly { readonly id: string; readonly sha256: string; readonly licence: string }[];
}

/** manifest.json: written first as `running`, last as `complete`. */
export interface RunManifest {
  readonly schemaVersion: 1;
  readonly id: string;
  readonly status: 'running' | 'complete' | 'incomplete';
  readonly spec: RunSpec;
  readonly environment: Environment;
  readonly command: string;
  readonly startedAt: string;
  readonly finishedAt?: string;
  /** Why this run cannot stand in a ranking: limited clips, missing generations. */
  readonly partialReasons: readonly string[];
  readonly warnings: readonly string[];
}

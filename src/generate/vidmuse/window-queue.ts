import { explainedOutOfMemory, isOutOfMemory } from '../../models/out-of-memory.js';
import type { Codes } from './delay-pattern.js';
import type { DecodeOptions, TokenDecoder, WindowTask } from './token-decoder.js';

export interface QueuedWindow extends WindowTask {
  /** Of the window, the prompt included. */
  readonly tokens: number;
  readonly signal?: AbortSignal | undefined;
  /** Told how many of the new tokens are there; step by step, or once at the end. */
  readonly onTokens?: ((tokens: number) => void) | undefined;
}

export interface WindowQueueOptions extends Pick<DecodeOptions, 'guidance' | 'sampling'> {
  /** Most windows side by side. */
  readonly batch: number;
  /** Told when memory did not suffice and fewer windows go side by side from now on. */
  readonly onSmallerBatch?: ((batch: number) => void) | undefined;
}

/** Takes windows of many clips and draws those of equal lengths side by side. */
export interface WindowQueue {
  /** A clip that will ask for windows: a batch waits until each such clip has asked, or the batch is full. */
  join(): { leave(): void };
  decode(window: QueuedWindow): Promise<Codes>;
}

interface Entry {
  readonly window: QueuedWindow;
  readonly resolve: (codes: Codes) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * A window that fails takes none of its batch along: the others are drawn again, one by one. Where memory does not suffice the batch is halved and the
 * work goes on; one window alone that does not fit is an error.
 */
export function createWindowQueue(decoder: TokenDecoder, options: WindowQueueOptions): WindowQueue {
  const waiting: Entry[] = [];
  let clips = 0;
  let batch = options.batch;
  let isBusy = false;

  const pump = async (): Promise<void> => {
    if (isBusy) return;
    isBusy = true;
    try {
      // Others of this turn of the event loop may still ask.
      await new Promise((resolve) => setImmediate(resolve));
      while (waiting.length > 0 && waiting.length >= Math.min(batch, clips)) await drawSome();
    } finally {
      isBusy = false;
    }
  };

  const drawSome = async (): Promise<void> => {
    const entries = largestGroup(waiting).slice(0, batch);
    for (const entry of entries) waiting.splice(waiting.indexOf(entry), 1);
    try {
      await draw(entries);
    } catch (error) {
      if (isOutOfMemory(error) && batch > 1) {
        batch = Math.max(1, Math.floor(Math.min(batch, entries.length) / 2));
        options.onSmallerBatch?.(batch);
        waiting.unshift(...entries);
      } else if (entries.length > 1) {
        for (const entry of entries) await draw([entry]).catch((alone: unknown) => entry.reject(explained(alone)));
      } else entries[0]!.reject(explained(error));
    }
  };

  const draw = async (entries: readonly Entry[]): Promise<void> => {
    const { tokens, prompt } = entries[0]!.window;
    const { guidance, sampling } = options;
    const isAborted = (): boolean => entries.every(({ window }) => window.signal?.aborted === true);
    if (isAborted()) for (const { window, reject } of entries) reject(window.signal?.reason);
    const results = await decoder.decode(
      entries.map(({ window }) => window),
      {
        ...{ tokens, guidance, sampling, signal: entries[0]!.window.signal },
        onStep: (step, steps) => {
          const drawn = Math.floor((step / steps) * (tokens - prompt.length));
          for (const { window } of entries) window.onTokens?.(drawn);
        },
      },
    );
    entries.forEach(({ window, resolve }, index) => {
      window.onTokens?.(tokens - prompt.length);
      resolve(results[index]!);
    });
  };

  return {
    join() {
      clips += 1;
      let isIn = true;
      return {
        leave() {
          if (!isIn) return;
          isIn = false;
          clips -= 1;
          void pump();
        },
      };
    },
    decode: (window) =>
      new Promise<Codes>((resolve, reject) => {
        waiting.push({ window, resolve, reject });
        void pump();
      }),
  };
}

/** Windows that can go side by side; of equally large groups the one that waits longest. */
function largestGroup(waiting: readonly Entry[]): readonly Entry[] {
  const groups = new Map<string, Entry[]>();
  for (const entry of waiting) {
    const { tokens, prompt, memory } = entry.window;
    const key = `${tokens} ${prompt.length} ${memory.dims[0]}`;
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return [...groups.values()].reduce((best, group) => (group.length > best.length ? group : best));
}

function explained(error: unknown): unknown {
  return explainedOutOfMemory(error, 'one window alone');
}

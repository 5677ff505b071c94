import { reasonOf } from '../core/outcome.js';
import type { Leaderboard } from './leaderboard-types.js';

export interface NotScored {
  readonly systemId: string;
  /** Left out: the output itself is missing, whatever the metric. */
  readonly metricId?: string;
  readonly reason: string;
  /** Left out: the whole figure is missing. */
  readonly clipIds?: readonly string[];
}

/** Everything that was asked for and has no value, with its reason, clips with the same reason on one line. */
export function notScored(board: Leaderboard): NotScored[] {
  return [...withoutOutput(board), ...withoutFigure(board), ...clipsOutsideFigures(board)];
}

function withoutOutput(board: Leaderboard): NotScored[] {
  const missing = board.clips.flatMap(({ clipId, outputs }) =>
    outputs.flatMap(({ systemId, outcome }) =>
      outcome.status === 'ok' ? [] : [{ systemId, reason: reasonOf(outcome), clipId }],
    ),
  );
  return groupByReason(missing);
}

function withoutFigure(board: Leaderboard): NotScored[] {
  return board.rows.flatMap(({ systemId, cells }) =>
    cells.flatMap(({ metricId, outcome }) =>
      outcome.status === 'ok' ? [] : [{ systemId, metricId, reason: reasonOf(outcome) }],
    ),
  );
}

/** Clips that a metric could not use although their output is there. */
function clipsOutsideFigures(board: Leaderboard): NotScored[] {
  const made = new Set(
    board.clips.flatMap(({ clipId, outputs }) =>
      outputs
        .filter(({ outcome }) => outcome.status === 'ok')
        .map(({ systemId }) => JSON.stringify([systemId, clipId])),
    ),
  );
  const missing = board.rows.flatMap(({ systemId, cells }) =>
    cells.flatMap(({ metricId, coverage }) =>
      coverage.missing
        .filter(({ clipId }) => made.has(JSON.stringify([systemId, clipId])))
        .map(({ clipId, reason }) => ({ systemId, metricId, reason, clipId })),
    ),
  );
  return groupByReason(missing);
}

interface MissingClip {
  readonly systemId: string;
  readonly metricId?: string;
  readonly reason: string;
  readonly clipId: string;
}

function groupByReason(missing: readonly MissingClip[]): NotScored[] {
  const groups = new Map<string, NotScored & { clipIds: string[] }>();
  for (const { clipId, ...rest } of missing) {
    const key = JSON.stringify([rest.systemId, rest.metricId ?? '', rest.reason]);
    const group = groups.get(key) ?? { ...rest, clipIds: [] };
    if (!group.clipIds.includes(clipId)) group.clipIds.push(clipId);
    groups.set(key, group);
  }
  return [...groups.values()];
}

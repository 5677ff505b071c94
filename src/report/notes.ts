import type { Column, Leaderboard, Note, Row } from './leaderboard-types.js';

/** What a reader must know to not misread a number, besides the reasons inside the cells. */
export function notesOf(board: Pick<Leaderboard, 'rows' | 'columns'>): Note[] {
  const ofSystems = board.rows.flatMap((row) => [...sameSetNotes(row), ...licenceNotes(row), ...warningNotes(row)]);
  return [...grouped(ofSystems), ...board.columns.flatMap(equalCountNotes)];
}

interface SystemNote {
  readonly systemId: string;
  readonly metricId?: string;
  readonly text: string;
}

function sameSetNotes({ systemId, sameSet }: Row): SystemNote[] {
  const text =
    'Plays the reference recordings themselves: a distance to the reference set is 0 by construction (same set), and it is never ranked.';
  return sameSet ? [{ systemId, text }] : [];
}

function licenceNotes({ systemId, licenceNotice }: Row): SystemNote[] {
  return licenceNotice === undefined ? [] : [{ systemId, text: licenceNotice }];
}

function warningNotes({ systemId, cells }: Row): SystemNote[] {
  return cells.flatMap(({ metricId, outcome, varianceShares }) =>
    [outcome, varianceShares].flatMap((one) =>
      one?.status === 'ok' ? (one.warnings ?? []).map((text) => ({ metricId, systemId, text })) : [],
    ),
  );
}

/** The same remark about many systems is one note. */
function grouped(notes: readonly SystemNote[]): Note[] {
  const groups = new Map<string, Note & { systemIds: string[] }>();
  for (const { systemId, ...rest } of notes) {
    const key = JSON.stringify([rest.metricId ?? '', rest.text]);
    const group = groups.get(key) ?? { ...rest, systemIds: [] };
    group.systemIds.push(systemId);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** A set metric depends on N, so the yardstick holds only against values at its own N. */
function equalCountNotes(column: Column): Note[] {
  const real = column.yardsticks.find((yardstick) => yardstick.kind === 'real-against-real');
  if (column.level !== 'set' || real?.outcome.status !== 'ok') return [];
  const count = real.outcome.value.clipCount;
  if (count === undefined) return [];
  const text = `Real against real is taken at N = ${count}: hold it against the values at that N, as a set metric depends on N.`;
  return [{ metricId: column.id, text }];
}

import type { SuiteLock } from '../suites/import/suite-lock.js';
import { type ClipRemark, clipRemarks, countClips, countNote } from '../suites/import/suite-notes.js';
import type { Terminal } from './terminal.js';

/** What a local copy of a suite holds, for people and as JSON. */
export interface CopyReport {
  readonly suite: SuiteLock['suite'];
  readonly identity: string;
  readonly suiteFolder: string;
  readonly mediaFolder: string;
  readonly counts: ReturnType<typeof countClips>;
  /** How many clips the authors state, where the list is theirs and they do. */
  readonly statedClipCount?: number;
  readonly isComplete: boolean;
  readonly remarks: readonly ClipRemark[];
  readonly unmatched: readonly string[];
}

export function copyReport(
  lock: SuiteLock,
  { suiteFolder, suiteHash }: { readonly suiteFolder: string; readonly suiteHash: string },
): CopyReport {
  const counts = countClips(lock.clips);
  return {
    suite: lock.suite,
    identity: suiteHash,
    suiteFolder,
    mediaFolder: lock.mediaFolder,
    counts,
    ...(lock.statedClipCount === undefined ? {} : { statedClipCount: lock.statedClipCount }),
    isComplete: counts.videos === counts.total && counts.references === counts.total,
    remarks: clipRemarks(lock.clips),
    unmatched: lock.unmatched,
  };
}

const titles: Readonly<Record<ClipRemark['kind'], string>> = {
  'no-video': 'No usable video',
  'no-reference': 'No reference music',
  duplicate: 'Same content under two ids (kept)',
  duration: 'Other length than it should have (kept)',
  damaged: 'Damaged, but decodes (kept)',
  'reference-from-video': 'The video’s own sound stands in for the music (kept)',
};

const shownOfAKind = 20;

export function printCopy({ out }: Terminal, report: CopyReport, { all }: { readonly all: boolean }): void {
  const { suite, counts, remarks, unmatched, identity, suiteFolder, mediaFolder } = report;
  out(`${suite.id} ${suite.version} in ${mediaFolder}`);
  out(`${counts.videos} of ${counts.total} videos can be used, ${counts.references} with a reference`);
  const other = countNote({ length: counts.total }, report.statedClipCount);
  if (other !== undefined) out(other);
  for (const [kind, title] of Object.entries(titles)) {
    const ofKind = remarks.filter((remark) => remark.kind === kind);
    printList(out, { title, lines: ofKind.map(({ clipId, message }) => `${clipId}: ${message}`), all });
  }
  printList(out, { title: 'Files of no clip', lines: unmatched, all });
  out(`\nIdentity ${identity}\nLock file and clips.csv in ${suiteFolder}`);
}

function printList(
  out: Terminal['out'],
  { title, lines, all }: { readonly title: string; readonly lines: readonly string[]; readonly all: boolean },
): void {
  if (lines.length === 0) return;
  out(`\n${title}: ${lines.length}`);
  const shown = all ? lines : lines.slice(0, shownOfAKind);
  for (const line of shown) out(`  ${line}`);
  if (shown.length < lines.length) out(`  and ${lines.length - shown.length} more (--all names them)`);
}

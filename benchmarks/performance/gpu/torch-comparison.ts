import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const clips = [1, 4];

/** The yardstick of the same run, at 1 clip and at 4: a static cache and torch.compile. `speeds`: what was measured here, milliseconds a step by clips. */
export function compareWithTorch(speeds: ReadonlyMap<number, number>): void {
  const script = fileURLToPath(new URL('./torch_reference.py', import.meta.url));
  let said: string;
  try {
    said = execFileSync('python3', [script, clips.join(',')], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (error) {
    // What it said before it broke off counts.
    const { message, stdout, stderr = '' } = error as Error & { readonly stdout?: string; readonly stderr?: string };
    said = stdout ?? '';
    console.log(
      `PyTorch ${said === '' ? 'not measured' : 'broke off'}: ${stderr.trim().split('\n').at(-1) || message}`,
    );
  }
  if (said !== '') console.log(said.trim());
  for (const line of torchRatios(said, speeds)) console.log(line);
}

/** A line for each number of clips that the script measured. */
export function torchRatios(said: string, speeds: ReadonlyMap<number, number>): string[] {
  return [...said.matchAll(/(\d+) clips: ([\d.]+) ms per step/g)].map(([, count, milliseconds]) => {
    const [clipCount, theirs] = [Number(count), Number(milliseconds)];
    const ours = speeds.get(clipCount);
    if (ours === undefined) return `${clipCount} clips: no ratio, since they were not measured here (--clips)`;
    return `${clipCount} clips: PyTorch ${theirs.toFixed(1)} ms, bench ${ours.toFixed(2)} ms: ${(theirs / ours).toFixed(2)} times as long`;
  });
}

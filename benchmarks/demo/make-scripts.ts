/**
 * Drew the scripts of clips.csv; its output is that file. Nothing reads this program at run time: the
 * CSV is the suite. It stays here to show how the scripts came about, and to renew the hashes when the world's version rises.
 */
import { seededRng } from '../../src/core/rng.js';
import { framesSha256, makeScene, pcmSha256, type SceneScript } from '../../src/suites/demo-world/index.js';
import { beatFrameChoices } from '../../src/suites/demo-world/meter.js';
import { framesPerSecond, paletteNames, type SpeedPoint } from '../../src/suites/demo-world/scene.js';

const columns =
  'id,split,seed,duration_seconds,cuts,motion,hits,palette,brightness,valence,arousal,frames_sha256,pcm_sha256';
/** Frames between two visible moments: enough for a flash to fade, so that each is a peak of its own. */
const closestFrames = 4;

type Draft = Omit<SceneScript, 'framesSha256' | 'pcmSha256'>;

function draftScene(split: SceneScript['split'], number: number): Draft {
  const seed = (split === 'test' ? 1000 : 2000) + number;
  const rng = seededRng('demo scripts', seed);
  const between = (low: number, high: number): number => low + (high - low) * rng.next();
  const palette = paletteNames[number % paletteNames.length] as SceneScript['palette'];
  const isLively = palette === 'ember' || palette === 'neon';
  const arousal = rounded(isLively ? between(0.1, 1) : between(-0.9, 0.6));
  const beatFrames = beatFrameChoices[Math.min(4, Math.floor((1 - arousal) * 2.5))] ?? 7;
  const passages = passagesOf(beatFrames, { between, wantedFrames: lengthFrames(rng.next()) });
  const totalFrames = passages.at(-1)?.endFrame ?? 0;
  const cuts = passages.slice(1).filter((_, index) => index % 2 === number % 2 || rng.next() < 0.4);
  const cutFrames = cuts.map((passage) => passage.startFrame);
  return {
    id: `${split === 'test' ? 'demo' : 'pool'}-${String(number + 1).padStart(2, '0')}`,
    split,
    seed,
    durationSeconds: seconds(totalFrames),
    cutSeconds: cutFrames.map(seconds),
    speedPoints: passages.flatMap(speedPointsOf),
    hitSeconds: hitFramesOf(passages, { beatFrames, cutFrames, random: rng.next }).map(seconds),
    palette,
    brightness: rounded(between(0.2, 1)),
    valence: rounded(between(-1, 1)),
    arousal,
  };
}

interface Passage {
  readonly startFrame: number;
  readonly endFrame: number;
  readonly speed: number;
}

/** 10 to 14 s, most of them near 10: a demo is waited for. */
function lengthFrames(drawn: number): number {
  return Math.round((10 + 4 * drawn * drawn) * framesPerSecond);
}

/** Quiet and busy passages of 2 to 4 seconds in turn, each a whole number of beats but the last, which ends with the clip. */
function passagesOf(
  beatFrames: number,
  { between, wantedFrames }: { between: (low: number, high: number) => number; wantedFrames: number },
): readonly Passage[] {
  const passages: Passage[] = [];
  let busy = between(0, 1) < 0.5;
  for (let startFrame = 0; startFrame < wantedFrames; busy = !busy) {
    const beats = Math.max(3, Math.round((between(1.8, 4) * framesPerSecond) / beatFrames));
    const beatEndFrame = startFrame + beats * beatFrames;
    const endFrame = wantedFrames - beatEndFrame < framesPerSecond ? wantedFrames : beatEndFrame;
    passages.push({ startFrame, endFrame, speed: rounded(busy ? between(0.65, 1) : 0) });
    startFrame = endFrame;
  }
  return passages;
}

/**
 * A passage starts at its speed and slackens, so that its motion has no peaks of its own; the way to the next takes a quarter of
 * a second. Quiet ones creep, below the tenth of a grey level a frame at which AV-Align begins to see peaks.
 */
function speedPointsOf({ startFrame, endFrame, speed }: Passage): readonly SpeedPoint[] {
  return [
    { timeSeconds: seconds(startFrame), speed },
    { timeSeconds: seconds(endFrame - 3), speed: rounded(speed > 0.5 ? 0.55 * speed : speed) },
  ];
}

/** Busy passages begin with a hit and have one on most beats, now and then off the beat; quiet ones have few. */
function hitFramesOf(
  passages: readonly Passage[],
  { beatFrames, cutFrames, random }: { beatFrames: number; cutFrames: readonly number[]; random: () => number },
): readonly number[] {
  const hits: number[] = [];
  for (const { startFrame, endFrame, speed } of passages) {
    const isBusy = speed > 0.5;
    for (let beat = startFrame; beat + closestFrames <= endFrame; beat += beatFrames) {
      const isStart = beat === startFrame;
      const offBeat = !isStart && random() < 0.15 ? Math.floor(beatFrames / 2) : 0;
      const chosen = random() < (isBusy ? 0.8 : 0.16) || (isBusy && isStart);
      const frame = beat + offBeat;
      const isFree = [...cutFrames, ...hits, 0].every((other) => Math.abs(other - frame) >= closestFrames);
      if (chosen && isFree) hits.push(frame);
    }
  }
  return hits;
}

function rowOf(draft: Draft): string {
  const scene = makeScene({ ...draft, framesSha256: '', pcmSha256: '' });
  const motion = draft.speedPoints.map(({ timeSeconds, speed }) => `${timeSeconds}:${speed}`).join(';');
  const { id, split, seed, durationSeconds, cutSeconds, hitSeconds, palette, brightness, valence, arousal } = draft;
  return [
    ...[id, split, seed, durationSeconds, cutSeconds.join(';'), motion, hitSeconds.join(';')],
    ...[palette, brightness, valence, arousal, framesSha256(scene.frames), pcmSha256(scene.music)],
  ].join(',');
}

function seconds(frame: number): number {
  return Math.round((10000 * frame) / framesPerSecond) / 10000;
}

function rounded(value: number): number {
  return Math.round(100 * value) / 100;
}

process.stdout.write(`${columns}\n`);
for (let number = 0; number < 24; number++) process.stdout.write(`${rowOf(draftScene('test', number))}\n`);
for (let number = 0; number < 12; number++) process.stdout.write(`${rowOf(draftScene('pool', number))}\n`);

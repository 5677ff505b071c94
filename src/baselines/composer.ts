import { ok } from '../core/outcome.js';
import { seededRng } from '../core/rng.js';
import type { Generator } from '../generate/generator.js';
import { renderPiece } from '../music/render.js';
import { analyseFrames } from './composer/analyse-frames.js';
import { compose } from './composer/compose.js';
import { withDynamics } from './composer/expression.js';
import { planMusic } from './composer/plan-music.js';
import { atProgrammeLoudness } from './programme-loudness.js';
import { baselineSampleRateHz, sampleCountOf } from './sound-format.js';

/** A composer by rule that sees nothing but the pictures: what can be had without learning, and without a reference. */
export const composer: Generator<'frames'> = {
  id: 'composer',
  version: 2,
  title: 'Rule-based composer',
  summary: 'Writes music from cuts, motion and colour by fixed rules',
  sees: ['frames'],
  sameSet: false,
  generate: async ({ views, durationSeconds, seed, signal }) => {
    const profile = await analyseFrames(views.frames, signal === undefined ? {} : { signal });
    // Whole samples, so that a clip shorter than one still gets a sound.
    const wholeSeconds = sampleCountOf(durationSeconds) / baselineSampleRateHz;
    const plan = planMusic(profile, { durationSeconds: wholeSeconds, rng: seededRng('baselines/composer', seed) });
    const music = renderPiece(compose(plan), { sampleRateHz: baselineSampleRateHz, seed });
    return ok(atProgrammeLoudness(withDynamics(music, plan.energy)));
  },
};

import type { Generator } from '../generate/generator.js';
import { fitDuration } from './fit-duration.js';

/** Real music for the wrong video: perfect sound quality, no relation to the pictures. The floor of every paired metric. */
export const shuffled: Generator<'otherReference'> = {
  id: 'shuffled',
  version: 1,
  title: 'Shuffled references',
  summary: 'The music of another clip of the suite, looped or cut to length',
  sees: ['otherReference'],
  sameSet: true,
  generate: async ({ views, durationSeconds }) => {
    const music = views.otherReference;
    return music.status === 'ok' ? fitDuration(music.value, durationSeconds) : music;
  },
};

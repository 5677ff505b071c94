import { serveTasks } from '../threads/serve-tasks.js';
import { demoMaker } from './demo-maker.js';
import { makeClip } from './make-clip.js';
import type { MakeTask } from './make-suite.js';

/** The thread behind `makeSuite`: makes one clip a task; a stop kills the encoder of the clip that it is at. */
serveTasks<MakeTask, undefined>(async ({ folder, cells, place }, signal) => {
  await makeClip(folder, demoMaker.read(cells, place), { signal });
  return { result: undefined };
});

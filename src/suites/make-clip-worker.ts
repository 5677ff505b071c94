import { parentPort } from 'node:worker_threads';
import { BenchError } from '../core/errors.js';
import { demoMaker } from './demo-maker.js';
import { makeClip } from './make-clip.js';
import type { WorkerMessage, WorkerTask } from './make-suite.js';

/** The thread behind `makeSuite`: makes one clip a message; `stop` kills the encoder of the clip that it is at. */
let current = new AbortController();

parentPort?.on('message', (message: WorkerTask | 'stop') => {
  if (message === 'stop') return current.abort();
  current = new AbortController();
  makeTask(message, current.signal).then((answer) => parentPort?.postMessage(answer));
});

async function makeTask({ folder, cells, place }: WorkerTask, signal: AbortSignal): Promise<WorkerMessage> {
  try {
    await makeClip(folder, demoMaker.read(cells, place), { signal });
    return { status: 'made' };
  } catch (error) {
    if (signal.aborted) return { status: 'stopped' };
    if (!(error instanceof BenchError)) return { status: 'failed', message: String(error) };
    const { cause: _, ...fields } = error.fields;
    return { status: 'failed', fields, message: error.message };
  }
}

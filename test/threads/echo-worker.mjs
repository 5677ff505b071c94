import { BenchError } from '../../dist/core/errors.js';
import { serveTasks } from '../../dist/threads/serve-tasks.js';

/** What the pool's tests ask of a thread. */
serveTasks(async (task, signal) => {
  if (task.kind === 'bench-error')
    throw new BenchError({ code: 'made-up', kind: 'input', problem: 'as asked', file: 'a' });
  if (task.kind === 'error') throw new TypeError('as asked');
  if (task.kind === 'exit') process.exit(7);
  if (task.kind === 'until-stopped') await new Promise((resolve) => signal.addEventListener('abort', resolve));
  if (task.kind === 'sleep') await new Promise((resolve) => setTimeout(resolve, task.ms));
  const data = new Float32Array(4).fill(task.value ?? 0);
  return {
    result: { data, stopped: signal.aborted, startedAt: task.ms === undefined ? 0 : Date.now() - task.ms },
    transfer: [data.buffer],
  };
});

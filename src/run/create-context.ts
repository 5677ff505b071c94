import { underNumerics } from '../metrics/metric.js';
import { refreshingFeatureCache } from '../store/refreshing-feature-cache.js';
import { openClipSources } from './clip-sources.js';
import type { ExecuteOptions } from './execute-run.js';
import { createFeatureStore } from './feature-store.js';
import type { RunContext } from './run-context.js';
import { openMusicPool } from './views.js';

/** Sources, feature store and pool of one run. Opens no file yet. */
export function createContext(options: ExecuteOptions): RunContext {
  const { suite, spec, signal } = options;
  const inRun = new Set(spec.clipIds);
  const sourceOptions = {
    window: spec.window,
    ...(options.mediaInfo === undefined ? {} : { mediaInfo: options.mediaInfo }),
  };
  const sources = openClipSources(
    suite.clips.filter((clip) => inRun.has(clip.id)),
    sourceOptions,
  );
  const pool = openClipSources(
    suite.clips.filter((clip) => clip.split === 'pool'),
    sourceOptions,
  );
  const signalOption = signal === undefined ? {} : { signal };
  const recomputes = options.from === 'generate' || options.from === 'embed';
  const cache = recomputes ? refreshingFeatureCache(options.cache) : options.cache;
  const features = createFeatureStore({ ...options, ...signalOption, cache });
  let musicPool: ReturnType<typeof openMusicPool> | undefined;
  return {
    ...signalOption,
    spec,
    sources,
    features,
    clipIds: spec.clipIds,
    musicPool: () => {
      musicPool ??= openMusicPool(pool, features);
      return musicPool;
    },
    folder: options.folder,
    protocol: options.protocol,
    metrics: options.metrics.map((metric) => underNumerics(metric, options.protocol.numerics)),
    systems: new Map(options.systems.map((system) => [system.spec.id, system])),
    jobs: options.jobs,
    progress: options.progress,
    now: () => performance.now(),
  };
}

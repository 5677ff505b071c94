import type { ModelSystem } from './model-system.js';
import { untrainedVidmuseSystem, vidmuseSystem } from './vidmuse/vidmuse-system.js';

/** The systems that run imported networks. */
export const modelSystems: readonly ModelSystem[] = [vidmuseSystem, untrainedVidmuseSystem];

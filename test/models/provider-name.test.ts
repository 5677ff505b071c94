import { describe, expect, it } from 'vitest';
import { keepFloat32Whole } from '../../src/models/provider-name.js';

describe('keepFloat32Whole', () => {
  it('switches the rounding of factors off on CUDA, and only there', () => {
    const environment: NodeJS.ProcessEnv = {};
    expect(keepFloat32Whole('cpu', environment)).toBe('cpu');
    expect(keepFloat32Whole('webgpu', environment)).toBe('webgpu');
    expect(environment).toEqual({});
    expect(keepFloat32Whole('cuda', environment)).toBe('cuda');
    expect(environment).toEqual({ NVIDIA_TF32_OVERRIDE: '0' });
  });

  it('leaves the user’s choice and records it', () => {
    const environment: NodeJS.ProcessEnv = { NVIDIA_TF32_OVERRIDE: '1' };
    expect(keepFloat32Whole('cuda', environment)).toBe('cuda-tf32');
    expect(environment).toEqual({ NVIDIA_TF32_OVERRIDE: '1' });
  });
});

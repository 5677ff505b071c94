import { describe, expect, it } from 'vitest';
import { explainedOutOfMemory, isOutOfMemory } from '../../src/models/out-of-memory.js';

describe('isOutOfMemory', () => {
  it.each([
    'Non-zero status code returned while running MatMul node. Status Message: /onnxruntime_src/onnxruntime/core/framework/bfc_arena.cc:376 void* onnxruntime::BFCArena::AllocateRawInternal(size_t, bool, onnxruntime::Stream*) Failed to allocate memory for requested buffer of size 8589934592',
    'bfc_arena.cc:359 onnxruntime::BFCArena::AllocateRawInternal(size_t, bool, onnxruntime::Stream*) Available memory of 0 is smaller than requested bytes of 268435456',
    'onnxruntime::BFCArena::Extend(size_t) Failed to extend the arena',
    'CUDA failure 2: out of memory ; GPU=0 ; hostname=node1 ; file=/src/cuda_allocator.cc ; line=97 ; expr=cudaMalloc((void**)&p, size);',
    'CUBLAS failure 3: CUBLAS_STATUS_ALLOC_FAILED ; GPU=0',
    'CUDNN failure 2: CUDNN_STATUS_ALLOC_FAILED ; GPU=0',
    'std::bad_alloc',
    'Array buffer allocation failed',
  ])('takes "%s" for a lack of memory', (text) => {
    expect(isOutOfMemory(new Error(text))).toBe(true);
    expect(isOutOfMemory(text)).toBe(true);
  });

  it.each([
    'CUDNN failure 4: internal',
    'no such input',
    'CUDA failure 201',
    'CUDA failure 700: an illegal memory access',
  ])('does not take "%s" for one', (text) => {
    expect(isOutOfMemory(new Error(text))).toBe(false);
  });
});

describe('explainedOutOfMemory', () => {
  it('says what does not fit and the way out, and leaves other errors alone', () => {
    expect(explainedOutOfMemory(new Error('std::bad_alloc'), 'one item alone')).toMatchObject({
      code: 'out-of-memory',
      message: expect.stringContaining('one item alone does not fit into memory'),
    });
    const other = new Error('no such input');
    expect(explainedOutOfMemory(other, 'one item alone')).toBe(other);
  });
});

/** How much of a file the readers believe before they refuse it: far above any published checkpoint, far below what hurts. */
export const checkpointLimits = {
  /** Of the pickle that describes the tensors; ImageBind's has 0.1 MB. */
  pickleBytes: 67_108_864,
  /** Of safetensors' header; the format itself allows no more. */
  headerBytes: 104_857_600,
  directoryBytes: 67_108_864,
  directoryEntries: 500_000,
  /** Values that a pickle makes, and places that its tree has once shared parts are counted each time. */
  values: 4_000_000,
  depth: 64,
  nameLength: 1000,
  tensors: 500_000,
  dimensions: 16,
  elements: 1_099_511_627_776,
  /** Of a tensor whose elements do not lie in order: it is read as a whole. */
  scatteredBytes: 1_073_741_824,
  /** Of what is read as a whole: HDF5, and what gzip unpacks to. OpenL3's files have 19 MB. */
  wholeFileBytes: 268_435_456,
} as const;

/** One file of the provider inside the archive. */
export interface ProviderFile {
  readonly name: string;
  readonly sha256: string;
}

/** An archive of a package registry. */
export interface ProviderPackage {
  readonly name: string;
  readonly version: string;
  readonly onnxruntimeVersion: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Folder inside the archive. */
  readonly folder: string;
  readonly files: readonly ProviderFile[];
}

/**
 * The registry package that holds the CUDA provider for the onnxruntime that bench runs: the two must be of one version, so both are pinned. Hashes were
 * taken from the package as published (integrity sha512-FopIhNE/Ng+v2X65wVc9clPCBCvhvA53Hxo2U0Kf5fGdVsC7iCA+mZ0KLWggcQAj7TIZ6pNidR4AC10g74Xo6w==).
 */
export const providerPackage: ProviderPackage = {
  name: 'com.github.asus4.onnxruntime.linux-x64-gpu',
  version: '0.4.9',
  onnxruntimeVersion: '1.29.0',
  bytes: 179_145_956,
  sha256: '2b459e0c17f340c92970c10ed86de4f37a3009f93c14053e6ad4334cbb6be412',
  folder: 'package/Plugins/Linux/x64',
  files: [
    {
      name: 'libonnxruntime_providers_cuda.so',
      sha256: '56cf3254b118ad837ccc4ed8f6d1b23504bbf7ef91b34cbc0b289cb7f10b3037',
    },
    {
      name: 'libonnxruntime_providers_shared.so',
      sha256: 'c6a12593396095f5670160e284c35d1700b7708cf3037b7042e2a5200ccae772',
    },
  ],
};

/** Where the archive is, in a registry. */
export function archiveUrl(registry: string): string {
  const { name, version } = providerPackage;
  return `${registry.replace(/\/+$/, '')}/${name}/-/${name}-${version}.tgz`;
}

/** Libraries that the provider loads, by the names that the loader looks for (readelf -d; cuDNN when a network first needs it). */
export const neededLibraries: readonly { readonly soname: string; readonly what: string }[] = [
  { soname: 'libcuda.so.1', what: 'the NVIDIA driver' },
  { soname: 'libcudart.so.13', what: 'the CUDA 13 runtime' },
  { soname: 'libcublas.so.13', what: 'cuBLAS of CUDA 13' },
  { soname: 'libcublasLt.so.13', what: 'cuBLAS of CUDA 13' },
  { soname: 'libcurand.so.10', what: 'cuRAND' },
  { soname: 'libcudnn.so.9', what: 'cuDNN 9' },
];

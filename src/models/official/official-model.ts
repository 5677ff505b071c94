import type { CardFacts } from '../import/imported-card.js';

/** One file at its origin. */
export interface OfficialFile {
  readonly name: string;
  /** What it is for: `weights` are imported, `settings` are read with them from the same folder, `tokenizer` files stay beside the network. */
  readonly role: 'weights' | 'settings' | 'tokenizer';
  readonly source: FileSource;
  /** Exact, where it has been stated by the origin or measured. */
  readonly bytes?: number;
  /** Rounded, where only that is known. */
  readonly aboutBytes?: number;
  readonly sha256?: string;
}

export type FileSource =
  | { readonly kind: 'url'; readonly url: string }
  /** A file of a model repository of the Hugging Face hub, at a commit. */
  | { readonly kind: 'hub'; readonly repo: string; readonly revision: string; readonly path: string };

/** One network of a checkpoint: a tower where it has several. */
export interface OfficialNetwork {
  /** Of the imported model: the checkpoint's own id, or that and the tower's name. */
  readonly id: string;
  /** Which graph it becomes: the `id` of an architecture. */
  readonly architecture: string;
  /** True: the tokenizer file is kept beside it. */
  readonly takesText?: boolean;
}

/**
 * A checkpoint that papers use, as its authors publish it. Nothing of it is bundled: `bench models pull` fetches it, `bench models
 * import` takes a file that is there already.
 */
export interface OfficialModel {
  readonly facts: CardFacts;
  /** The networks that its checkpoint holds; each becomes an imported model. */
  readonly networks: readonly OfficialNetwork[];
  /** What follows each tensor's place in the file, in words: wrappers' prefixes. */
  readonly layout: string;
  readonly files: readonly OfficialFile[];
  /** Why `bench` cannot import it; left out: it can. */
  readonly unsupported?: string;
}

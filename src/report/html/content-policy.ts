import { sha256Hex } from '../../core/hash.js';

export interface InlineAssets {
  readonly scripts: readonly string[];
  readonly styles: readonly string[];
}

/**
 * A content security policy under which the page runs exactly its own scripts and styles, named by hash, and reaches
 * nothing but media files beside it: no network, and no script that a hostile name could bring in.
 */
export function contentPolicy({ scripts, styles }: InlineAssets): string {
  return [
    "default-src 'none'",
    `script-src ${scripts.map(hashSource).join(' ')}`,
    `style-src ${styles.map(hashSource).join(' ')}`,
    'img-src data:',
    "media-src 'self' file:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function hashSource(text: string): string {
  const bytes = sha256Hex(text).match(/../g) ?? [];
  return `'sha256-${btoa(String.fromCharCode(...bytes.map((byte) => Number.parseInt(byte, 16))))}'`;
}

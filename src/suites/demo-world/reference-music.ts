import type { Piece } from '../../music/piece.js';
import { carpetOf, chordsOf, drumsOf, melodyOf, pulseOf } from './parts.js';
import type { SceneScript } from './scene.js';
import { scoreOf } from './score.js';

/**
 * The music that belongs to a script: its bars begin at the cuts, strokes and new chords fall on cuts and hits, loudness and
 * layers follow the speed, mode and register the valence, tempo the arousal, instruments the palette.
 */
export function referencePiece(script: SceneScript): Piece {
  const score = scoreOf(script);
  return {
    durationSeconds: script.durationSeconds,
    notes: [
      ...drumsOf(score),
      ...chordsOf(score),
      ...melodyOf(score),
      ...pulseOf(score),

      ...carpetOf(score),
    ],
    reverb: score.arrangement.reverb,
  };
}

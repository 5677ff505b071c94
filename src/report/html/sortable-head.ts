import { html, type Markup } from './markup.js';

export interface SortableHead {
  readonly label: string;
  /** Shown after the label, such as the arrow of the better direction. */
  readonly mark?: string;
  /** Small text under the label. */
  readonly note?: string;
  /** Order of the first click: the best first. */
  readonly first: 'ascending' | 'descending';
  readonly sorted?: 'ascending' | 'descending';
  readonly numeric?: boolean;
}

/** A column heading that is a button, so sorting works from the keyboard; without scripts it is a plain heading. */
export function sortableHead({ label, mark, note, first, sorted, numeric }: SortableHead): Markup {
  const order = sorted === undefined ? undefined : html` aria-sort="${sorted}"`;
  const kind = numeric ? html` class="number"` : undefined;
  return html`<th scope="col"${kind}${order}><button type="button" data-first="${first}">${label}${mark === undefined ? undefined : html` <span class="arrow" aria-hidden="true">${mark}</span>`}</button>${note === undefined ? undefined : html`<small>${note}</small>`}</th>`;
}

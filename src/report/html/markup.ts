/** Text that is already HTML. Only `html` and `trusted` make it, so a plain string can never reach the page unescaped. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | Markup | undefined | readonly Part[];

/** HTML from a template: strings and numbers are escaped, markup is kept, lists are joined, `undefined` is nothing. */
export function html(literals: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(literals.reduce((text, literal, index) => text + textOf(parts[index - 1]) + literal));
}

/** For the page's own assets; never for anything that came from a file of a run. */
export function trusted(text: string): Markup {
  return new Markup(text);
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Safe as text and inside quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] as string);
}

/** JSON for a `<script type="application/json">`: no `<` can end the script or open a comment. */
export function scriptJson(value: unknown): Markup {
  return new Markup(JSON.stringify(value).replaceAll('<', '\\u003c'));
}

/** A path with forward slashes as a relative URL; a scheme such as `javascript:` cannot survive. */
export function relativeUrl(path: string): string {
  return `./${path.split('/').map(encodeURIComponent).join('/')}`;
}

function textOf(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof Markup) return part.text;
  return Array.isArray(part) ? part.map(textOf).join('') : escapeHtml(String(part));
}

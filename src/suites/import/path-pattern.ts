/** Fields of a clip, by name. */
export type Fields = Readonly<Record<string, string>>;

const placeholder = /\{([^{}]+)\}/g;

/** The fields that a template or pattern names. */
export function fieldsOf(template: string): string[] {
  return [...template.matchAll(placeholder)].map(([, name]) => name!);
}

/** A template with its fields filled in; undefined where one of them is absent or empty. */
export function fillTemplate(template: string, fields: Fields): string | undefined {
  if (fieldsOf(template).some((name) => (fields[name] ?? '') === '')) return undefined;
  return template.replace(placeholder, (_, name: string) => fields[name]!);
}

/** The expression of a pattern with its fields filled in, for paths with `/`. */
export function patternExpression(pattern: string): RegExp {
  const source = pattern
    .split(/(\*\*\/?|\*)/)
    .map((part) => (part === '**/' ? '(?:.*/)?' : part === '**' ? '.*' : part === '*' ? '[^/]*' : escaped(part)))
    .join('');
  return new RegExp(`^${source}$`);
}

/** What a pattern begins with before its first wildcard: what a search can be narrowed by. */
export function literalHead(pattern: string): string {
  return pattern.split('*')[0]!;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Equal warnings once, in order of first appearance, with how often each came: "one window only (3 times)". */
export function countedWarnings(warnings: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const warning of warnings) counts.set(warning, (counts.get(warning) ?? 0) + 1);
  return [...counts].map(([warning, count]) => (count === 1 ? warning : `${warning} (${count} times)`));
}

/** Commands that are planned and not built; to name one is no mistake, so it gets an answer of its own. */
export const LATER_COMMANDS: ReadonlySet<string> = new Set([...['readiness', 'mlops', 'server', 'mcp']]);

/** Refactorings that are planned and not built. */
export const LATER_REFACTORINGS: ReadonlySet<string> = new Set([
  ...['add-logging', 'add-error-handling'],
  ...['production', 'add-validation', 'add-type-hints'],
]);

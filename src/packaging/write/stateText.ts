import type { PackagePlan } from '../plan';

/** The module of the names that stages share. Each is bound while the pipeline runs, as the original's names were. */
export function stateText({
  sharing,
  builtinTypes,
  configuration,
  configModule,
  configName,
}: PackagePlan): string {
  const names = [...sharing.shared].sort();
  const declared = [
    ...(configuration ? [`${configName}: Config`] : []),
    ...names.map((name) => `${name}: ${builtinTypes.of(name)}`),
  ];
  const needsAny = sharing.answersForUnbound || declared.some((line) => /\bAny\b/.test(line));
  const imports = [
    ...(sharing.answersForUnbound ? ['import builtins'] : []),
    ...(needsAny ? ['from typing import Any'] : []),
  ];
  const parts = [
    '"""The names that the stages share; each is bound while the pipeline runs."""',
    'from __future__ import annotations',
    imports.join('\n'),
    ...(configuration ? [`from .${configModule} import Config`] : []),
    declared.join('\n'),
  ].filter((part) => part !== '');
  const text = parts.join('\n\n');
  return sharing.answersForUnbound ? `${text}\n\n\n${UNBOUND}` : `${text}\n`;
}

const UNBOUND = `def __getattr__(name: str) -> Any:
    """Finds a name that is not bound as Python does: a builtin, or none."""
    if name.startswith("__"):
        raise AttributeError(name)
    if hasattr(builtins, name):
        return getattr(builtins, name)
    raise NameError(f"name {name!r} is not defined")
`;

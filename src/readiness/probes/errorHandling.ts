import { fileUsesOf } from '../../semantics/fileUses';
import type { Expression, Statement } from '../../syntax/ast';
import type { Evidence, Probe, SeenProgram } from '../probe';
import { evidenceAt, outcomeOf, searchCode } from '../search';

type Try = Statement & { kind: 'Try' };

/** Exceptions whose handlers say nothing about failing: leaving, and optional imports. */
const NO_FAILURES = new Set([
  ...['KeyboardInterrupt', 'SystemExit', 'GeneratorExit', 'StopIteration'],
  ...['ImportError', 'ModuleNotFoundError'],
]);

export const errorHandling: Probe = {
  id: 'error-handling',
  title: 'Error handling',
  question: 'Does the code do something about failures that it can expect?',
  looksAt: 'code',
  cannotSee: 'Whether the right exceptions are caught, and what surrounds the programs when they run.',
  async run(input) {
    const found = await searchCode(input, {
      find: (program) =>
        handlersOf(program)
          .filter(({ isHandled }) => isHandled)
          .map(({ place }) => place),
      word: /\bexcept\b/,
      mayBe: 'may handle exceptions',
    });
    const count = found.proofs.length;
    return outcomeOf(found, {
      yes: (where) => `${count} ${count === 1 ? 'place handles' : 'places handle'} exceptions, in ${where}`,
      unknown: 'no handler is proven, but there may be one',
      no: 'nothing handles an exception',
      against: (program) => [
        ...handlersOf(program)
          .filter(({ isHandled }) => !isHandled)
          .map(({ place }) => place),
        ...risksOf(program),
      ],
    });
  },
};

function handlersOf(
  program: SeenProgram,
): readonly { readonly place: Evidence; readonly isHandled: boolean }[] {
  return program.facts.units.flatMap((unit) =>
    unit.summary.statements.flatMap(({ node }) => {
      if (node.kind !== 'Try' || !isAboutFailure(node)) return [];
      const isHandled = node.handlers.some(({ body }) => !body.every(isDropping));
      const message = isHandled ? `handles ${caught(node)}` : `drops ${caught(node)}`;
      return [{ place: evidenceAt(program, unit, node, message), isHandled }];
    }),
  );
}

function isAboutFailure({ body, handlers }: Try): boolean {
  if (handlers.length === 0) return false;
  if (body.every(({ kind }) => kind === 'Import' || kind === 'ImportFrom')) return false;
  return !handlers.every(({ type }) => {
    const names = namesOf(type);
    return names.length > 0 && names.every((name) => NO_FAILURES.has(name));
  });
}

function caught({ handlers }: Try): string {
  const names = handlers.flatMap(({ type }) => namesOf(type));
  return names.length > 0 ? [...new Set(names)].join(', ') : 'every exception';
}

function namesOf(type: Expression | undefined): readonly string[] {
  if (type?.kind === 'Name') return [type.id];
  if (type?.kind === 'Attribute') return [type.attr];
  return type?.kind === 'Tuple' ? type.elements.flatMap(namesOf) : [];
}

function isDropping(statement: Statement): boolean {
  if (statement.kind === 'Pass' || statement.kind === 'Continue') return true;
  return statement.kind === 'Expr' && (statement.value.kind === 'Constant' || statement.value.kind === 'Str');
}

/** Calls that fail when a file is not there or is broken. */
function risksOf(program: SeenProgram): readonly Evidence[] {
  const { evaluator, folder } = program.context;
  return fileUsesOf(evaluator, folder)
    .filter(({ use }) => use === 'read')
    .map(({ unit, call, callee }) =>
      evidenceAt(program, unit, call, `${callee} may fail, and nothing handles that`),
    );
}

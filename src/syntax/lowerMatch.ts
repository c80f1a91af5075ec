import type { Expression, MatchCase, Name, Pattern, Statement } from './ast';
import { type LoweringContext, UnknownSyntax, lowerExpression, nameOf, spanOf } from './lowerExpressions';
import { type RawNode, fieldOf, fieldsOf, namedOf } from './raw';

type LowerBlock = (block: RawNode | undefined, context: LoweringContext) => Statement[];

/** A `match` statement; `lowerBlock` lowers the cases' bodies. */
export function lowerMatch(node: RawNode, context: LoweringContext, lowerBlock: LowerBlock): Statement {
  const subjects = fieldsOf(node, 'subject').filter((child) => child.isNamed);
  const [first] = subjects;
  const body = fieldOf(node, 'body');
  if (!first || !body) throw new UnknownSyntax(node);
  const lowered = subjects.map((child) => lowerExpression(child, context));
  const [only] = lowered;
  const subject: Expression =
    lowered.length === 1 && only ? only : { kind: 'Tuple', elements: lowered, ...spanOf(first, context) };
  return {
    kind: 'Match',
    subject,
    cases: namedOf(body)
      .filter((child) => child.type === 'case_clause')
      .map((child) => lowerCase(child, context, lowerBlock)),
    ...spanOf(node, context),
  };
}

function lowerCase(node: RawNode, context: LoweringContext, lowerBlock: LowerBlock): MatchCase {
  const patterns = namedOf(node).filter((child) => child.type === 'case_pattern');
  const captures: Name[] = [];
  const reads: Expression[] = [];
  for (const pattern of patterns) collectPattern(pattern, captures, reads, context);
  const [only] = patterns;
  const guard = fieldOf(node, 'guard');
  const guardExpression = guard && namedOf(guard)[0];
  const pattern: Pattern = {
    captures,
    reads,
    isIrrefutable: patterns.length === 1 && !!only && isIrrefutable(only),
    ...spanOf(only ?? node, context),
  };
  return {
    pattern,
    guard: guardExpression && lowerExpression(guardExpression, context),
    body: lowerBlock(fieldOf(node, 'consequence'), context),
    ...spanOf(node, context),
  };
}

function isIrrefutable(pattern: RawNode): boolean {
  const [only] = pattern.children;
  if (pattern.children.length !== 1 || !only) return false;
  return only.type === '_' || (only.type === 'dotted_name' && namedOf(only).length === 1);
}

function collectPattern(
  node: RawNode,
  captures: Name[],
  reads: Expression[],
  context: LoweringContext,
): void {
  switch (node.type) {
    case 'dotted_name': {
      const parts = namedOf(node);
      const [first] = parts;
      if (!first) return;
      if (parts.length > 1) reads.push(nameOf(first, context));
      else captures.push(nameOf(first, context));
      return;
    }
    case 'class_pattern': {
      const [className, ...rest] = namedOf(node);
      const first = className && namedOf(className)[0];
      if (first) reads.push(nameOf(first, context));
      for (const child of rest) collectPattern(child, captures, reads, context);
      return;
    }
    case 'keyword_pattern':
      for (const child of namedOf(node).slice(1)) collectPattern(child, captures, reads, context);
      return;
    case 'splat_pattern':
    case 'as_pattern':
      for (const child of namedOf(node)) {
        if (child.type === 'identifier') captures.push(nameOf(child, context));
        else collectPattern(child, captures, reads, context);
      }
      return;
    case 'string':
    case 'concatenated_string':
      return;
    default:
      for (const child of namedOf(node)) collectPattern(child, captures, reads, context);
  }
}

import type { ProgramFacts } from '../semantics/facts';
import type { Expression, Statement } from '../syntax/ast';
import type { TextEdit } from '../text/edit';

/** A value that is set on both sides before they run: `epochs=1`. */
export interface Setting {
  readonly name: string;
  /** A Python literal, as text. */
  readonly value: string;
}

/** An edit of a literal; `cell` is null in a script. */
export interface SettingEdit {
  readonly cell: number | null;
  readonly edit: TextEdit;
  /** The text of the literal that is replaced. */
  readonly before: string;
}

const LITERAL =
  /^(?:[-+]?(?:\d[\d_]*)?\.?\d[\d_]*\.?(?:[eE][-+]?\d+)?|None|True|False|"[^"\\\n]*"|'[^'\\\n]*')$/;

/** Takes `name=value` apart. @returns why it is none, one sentence without a full stop. */
export function parseSetting(text: string): Setting | { readonly reason: string } {
  const [, name = '', value = ''] = /^([\p{L}_][\p{L}\p{N}_]*)\s*=\s*(.*)$/su.exec(text) ?? [];
  if (name === '') return { reason: `"${text}" is not name=value` };
  if (!LITERAL.test(value)) {
    return {
      reason: `the value of ${name} is a number, True, False, None or a quoted text, not ${value || 'nothing'}`,
    };
  }
  return { name, value };
}

/**
 * Where a program gives a name a literal: assignments of its module; failing these, assignments of an attribute, a
 * local or a field of that name, and defaults of parameters.
 *
 * @param like With another program's literals: only such places outside the module level count which have the same one.
 */
export function settingEdits(
  facts: ProgramFacts,
  { name, value }: Setting,
  like?: readonly string[],
): readonly SettingEdit[] {
  const atTop: SettingEdit[] = [];
  const inside: SettingEdit[] = [];
  for (const unit of facts.units) {
    for (const { node, at } of unit.summary.statements) {
      const isTop = at.scope.parent === undefined;
      for (const { literal, isName } of literalsOf(node, name)) {
        const before = unit.unit.text.slice(literal.start, literal.end);
        const span = { start: unit.start + literal.start, end: unit.start + literal.end };
        const found = { cell: unit.cell.cell.index, edit: { span, newText: value }, before };
        if (isTop && isName) atTop.push(found);
        else if (like?.includes(before)) inside.push(found);
      }
    }
  }
  return atTop.length > 0 ? atTop : inside;
}

interface FoundLiteral {
  readonly literal: Expression;
  /** It is assigned to the plain name. */
  readonly isName: boolean;
}

function literalsOf(node: Statement, name: string): FoundLiteral[] {
  const targets =
    node.kind === 'Assign' ? node.targets : node.kind === 'AnnAssign' && node.value ? [node.target] : [];
  const value = node.kind === 'Assign' || node.kind === 'AnnAssign' ? node.value : undefined;
  if (value && isLiteral(value)) {
    return targets.flatMap((target): FoundLiteral[] => {
      if (target.kind === 'Name' && target.id === name) return [{ literal: value, isName: true }];
      return target.kind === 'Attribute' && target.attr === name ? [{ literal: value, isName: false }] : [];
    });
  }
  if (node.kind !== 'FunctionDef') return [];
  return node.params.flatMap((parameter) =>
    parameter.name === name && parameter.default && isLiteral(parameter.default)
      ? [{ literal: parameter.default, isName: false }]
      : [],
  );
}

function isLiteral(node: Expression): boolean {
  if (node.kind === 'Str') return node.value !== undefined;
  if (node.kind === 'UnaryOp') return isLiteral(node.operand);
  return node.kind === 'Num' || node.kind === 'Constant';
}

/** A `config.yaml` with another value for a top-level or nested key of that name; undefined if it has none. */
export function setInConfig(text: string, { name, value }: Setting): string | undefined {
  const pattern = new RegExp(
    `^(\\s*${name.toLowerCase()}\\s*:[ \\t]+)(\\S[^#\\n]*?)([ \\t]*(?:#.*)?)$`,
    'gmi',
  );
  const yaml = { None: 'null', True: 'true', False: 'false' }[value] ?? value;
  const changed = text.replace(pattern, (_, key: string, __: string, rest: string) => `${key}${yaml}${rest}`);
  return pattern.test(text) ? changed : undefined;
}

import type { FactUnit, ProgramFacts } from '../../semantics/facts';
import type { Expression } from '../../syntax/ast';

/** Methods of frames, series and arrays that only look. */
const LOOKING_METHODS = new Set(
  'head tail describe info value_counts nunique isnull isna notnull notna sum mean median std min max count corr unique keys items any all round sort_values sort_index to_string memory_usage idxmax idxmin'.split(
    ' ',
  ),
);
const LOOKING_FUNCTIONS = new Set([
  'len',
  'type',
  'list',
  'sorted',
  'round',
  'str',
  'repr',
  'sum',
  'min',
  'max',
]);

/** The statement whose value IPython shows: the last of its cell, an expression without a semicolon behind it. */
export function isShown(unit: FactUnit, facts: ProgramFacts): boolean {
  if (facts.units[unit.order + 1]?.cell === unit.cell || unit.unit.statement.kind !== 'Expr') return false;
  const after = unit.cell.cell.source.slice(unit.start + unit.unit.text.length);
  return !/^[^\r\n#]*;/.test(after);
}

/** An expression that shows what there is and changes nothing: `df.head()`, `df.shape`, `len(rows)`. */
export function isLook(node: Expression): boolean {
  switch (node.kind) {
    case 'Name':
    case 'Num':
    case 'Constant':
    case 'Str':
      return node.kind !== 'Str' || node.value !== undefined;
    case 'Attribute':
      return isLook(node.value);
    case 'Subscript':
      return isLook(node.value) && isLook(node.index);
    case 'Slice':
      return node.parts.every(isLook);
    case 'UnaryOp':
      return isLook(node.operand);
    case 'Tuple':
    case 'List':
      return node.elements.every(isLook);
    case 'Call': {
      const { func } = node;
      const isKnown =
        func.kind === 'Attribute'
          ? LOOKING_METHODS.has(func.attr) && isLook(func.value)
          : func.kind === 'Name' && LOOKING_FUNCTIONS.has(func.id);
      const isPlain = [...node.args, ...node.keywords.map(({ value }) => value)].every(isLook);
      return (
        isKnown && isPlain && !node.keywords.some(({ name }) => name === undefined || name === 'inplace')
      );
    }
    default:
      return false;
  }
}

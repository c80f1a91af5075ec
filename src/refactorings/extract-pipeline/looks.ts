import { HARMLESS_COMMANDS } from '../../knowledge/harmlessCommands';
import { installationOf } from '../../knowledge/packageCommands';
import { shellLine } from '../../program/escapes/shell';
import type { Escape } from '../../program/program';
import type { FactUnit, ProgramFacts } from '../../semantics/facts';
import type { Expression } from '../../syntax/ast';

/** Methods of frames, series and arrays that only look. */
const LOOKING_METHODS = new Set(
  'head tail describe info value_counts nunique isnull isna notnull notna sum mean median std min max count corr unique keys items any all round sort_values sort_index to_string memory_usage idxmax idxmin'.split(
    ' ',
  ),
);
/** Methods that give another frame, series or array, or a part of one, and leave their own as it is. */
const DERIVING_METHODS = new Set(
  'groupby agg aggregate pivot pivot_table melt stack unstack merge join query nlargest nsmallest quantile cumsum cumprod diff pct_change select_dtypes drop drop_duplicates duplicated fillna dropna astype isin between abs dot reset_index set_index rename reindex size first last cov skew kurt mode rank shift clip where mask replace to_frame to_numpy tolist copy reshape transpose lower upper strip split contains startswith endswith'.split(
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
  return looksWith(node, LOOKING_METHODS);
}

/** A look, or one at something that is derived for it alone: `df.groupby("city").price.mean()`, `1 - hits.mean()`. */
export function isDerivedLook(node: Expression): boolean {
  return looksWith(node, ALL_METHODS);
}

/** Line magics that are about how a notebook looks, or about what is installed. */
const QUIET_MAGICS = new Set(
  'matplotlib config load_ext reload_ext autoreload precision pdb xmode colors pip conda mamba uv'.split(' '),
);
const HARMLESS = new Set(HARMLESS_COMMANDS);

/** A statement that a program without anybody who looks at it does as well without. */
export function isOnlySeen({ unit: { statement, escapes } }: FactUnit): boolean {
  if (escapes.length > 0) return escapes.every(isQuiet);
  return statement.kind === 'Expr' && isDerivedLook(statement.value);
}

/** `%matplotlib inline`, `!ls data`, `!pip install x`, `help?`. */
function isQuiet({ kind, name, argument, binds, isTransparent }: Escape): boolean {
  if (kind === 'help') return true;
  if (kind === 'line-magic') return QUIET_MAGICS.has(name);
  // The code below it is in a stage.
  if (kind === 'cell-magic') return isTransparent && name === 'time';
  if (kind !== 'shell' || binds.length > 0) return false;
  const { commands, isSimple } = shellLine(argument);
  return (
    isSimple &&
    commands.every(({ words, redirections }) => {
      const texts = words.map(({ text }) => text);
      const isHarmless = words[0]?.isLiteral && HARMLESS.has(texts[0]!);
      return redirections.length === 0 && (isHarmless || installationOf(texts) !== undefined);
    })
  );
}

const ALL_METHODS = new Set([...LOOKING_METHODS, ...DERIVING_METHODS]);

function looksWith(node: Expression, methods: ReadonlySet<string>): boolean {
  const looks = (inner: Expression): boolean => looksWith(inner, methods);
  switch (node.kind) {
    case 'Name':
    case 'Num':
    case 'Constant':
    case 'Str':
      return node.kind !== 'Str' || node.value !== undefined;
    case 'Attribute':
      return looks(node.value);
    case 'Subscript':
      return looks(node.value) && looks(node.index);
    case 'Slice':
      return node.parts.every(looks);
    case 'UnaryOp':
      return looks(node.operand);
    case 'BinOp':
      return methods === ALL_METHODS && looks(node.left) && looks(node.right);
    case 'Compare':
      return methods === ALL_METHODS && node.operands.every(looks);
    case 'Tuple':
    case 'List':
      return node.elements.every(looks);
    case 'Call': {
      const { func } = node;
      const isKnown =
        func.kind === 'Attribute'
          ? methods.has(func.attr) && looks(func.value)
          : func.kind === 'Name' && LOOKING_FUNCTIONS.has(func.id);
      const isPlain = [...node.args, ...node.keywords.map(({ value }) => value)].every(looks);
      return (
        isKnown && isPlain && !node.keywords.some(({ name }) => name === undefined || name === 'inplace')
      );
    }
    default:
      return false;
  }
}

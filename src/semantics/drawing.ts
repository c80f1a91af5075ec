import type { CodeCell, FactUnit, ProgramFacts } from './facts';
import { parentsOf } from './parents';

/** What a notebook draws with. */
export interface Drawing {
  /** What pyplot is called; undefined where the notebook draws nothing. */
  readonly pyplot: string | undefined;
  /** Whether a cell may leave a figure behind. */
  mayDraw(cell: CodeCell): boolean;
}

/** Packages whose functions draw with matplotlib. */
const DRAWING =
  /^(?:matplotlib|pylab|seaborn|pandas\.plotting|scikitplot|shap|yellowbrick|missingno|mpl_toolkits|statsmodels\.graphics|wordcloud|squarify|plotnine|scipy\.cluster\.hierarchy|librosa\.display)\b/;
/** Packages of which some functions draw, and are called so. */
const PARTLY_DRAWING =
  /^(?:sklearn|xgboost|lightgbm|catboost|statsmodels|skimage|mlxtend)\b.*(?:plot|Display|show)/;
/** Methods that draw. */
const METHODS =
  /\.\s*(?:plot|hist|boxplot|bar|barh|pie|scatter|imshow|plot_\w+|draw|figure|subplots|from_estimator|from_predictions)\b/;
/** What is asked of pyplot without drawing. */
const SETTINGS = new Set(['rcParams', 'rc', 'rcdefaults', 'style', 'switch_backend', 'ion', 'ioff', 'close']);

/** Finds out where a notebook may draw: `%matplotlib inline` closes all figures at the end of each such cell. */
export function drawingOf(facts: ProgramFacts): Drawing {
  const names = new Set<string>();
  let pyplot: string | undefined;
  for (const unit of facts.units) {
    for (const { name, source } of unit.summary.moduleBindings) {
      if (source.type !== 'import' && source.type !== 'from-import') continue;
      const module = source.type === 'import' ? source.imported : `${source.module}.${source.name}`;
      if (DRAWING.test(module) || PARTLY_DRAWING.test(module)) names.add(name);
      if (module === 'matplotlib.pyplot' && source.type !== 'import') pyplot ??= name;
      if (source.type === 'import' && source.module === 'matplotlib.pyplot') pyplot ??= name;
    }
  }
  const draws = ({ unit, summary }: FactUnit): boolean =>
    METHODS.test(unit.text) ||
    summary.freeReferences.some(({ name, node }) => {
      const parent = parentsOf(unit).get(node);
      const isSetting = parent?.kind === 'Attribute' && SETTINGS.has(parent.attr);
      return names.has(name) && !isSetting;
    });
  // A function that draws, and whatever needs it.
  for (let size = -1; size !== names.size;) {
    size = names.size;
    for (const unit of facts.units) {
      const { kind } = unit.unit.statement;
      if ((kind !== 'FunctionDef' && kind !== 'ClassDef') || !draws(unit)) continue;
      for (const { name } of unit.summary.moduleBindings) names.add(name);
    }
  }
  const mayDraw = (cell: CodeCell): boolean =>
    facts.units.some(
      (unit) =>
        unit.cell === cell &&
        !['FunctionDef', 'ClassDef', 'Import', 'ImportFrom'].includes(unit.unit.statement.kind) &&
        draws(unit),
    );
  const isDrawing = facts.cells.some(mayDraw);
  return { pyplot: isDrawing ? (pyplot ?? 'plt') : undefined, mayDraw };
}

import { installedPackages } from '../../rules/notebook/installedPackages';
import { shellUses } from '../../rules/notebook/shellUses';
import { codeBehind } from '../../program/escapes/code';
import { magics } from '../../program/escapes/magics';
import { readArguments } from '../../program/escapes/options';
import { shellLine } from '../../program/escapes/shell';
import type { Escape } from '../../program/program';
import type { CodeCell, FactUnit, ProgramFacts } from '../../semantics/facts';
import type { CellContext, Place, Replacement } from './cell';
import { interpolated, literal, longLiteral } from './interpolate';
import { timedOnce } from './timing';

/** Magics that say how a notebook looks or behaves, or look at it. */
const DROPPED = new Set(
  (
    'load_ext reload_ext unload_ext autoreload aimport config precision pdb xmode colors who whos who_ls lsmagic pinfo ' +
    'pinfo2 pdef pdoc psource pfile page history hist dhist quickref magic automagic autocall autosave logstart logstop ' +
    'logon logoff logstate pprint doctest_mode gui qtconsole connect_info autotime watermark version_information ' +
    'autoawait tensorboard matplotlib clear cls cleanup rehashx html HTML javascript js latex markdown svg mermaid ' +
    'notify wandb black colab'
  ).split(' '),
);
/** Magics that are commands of the shell. */
const COMMANDS = new Set(
  'ls ll lf lk lx ldir cat cp mv rm mkdir rmdir ren copy echo less more man'.split(' '),
);
/** Magics around Python that run it and measure it. */
const MEASURING = new Set([
  'time',
  'prun',
  'snakeviz',
  'mprun',
  'lprun',
  'lprun_all',
  'memit',
  'pyinstrument',
]);
const SHELLS = new Set(['bash', 'sh', 'zsh']);

export interface EscapeContext extends CellContext {
  readonly place: Place;
}

/** The plain Python that stands for an escape, or why there is none. */
export function translateEscape(escape: Escape, cell: CodeCell, context: EscapeContext): Replacement {
  switch (escape.kind) {
    case 'help':
      return dropped(escape, 'asks for help');
    case 'auto-call':
      return { reason: 'a call without brackets is IPython’s alone' };
    case 'shell':
      return shell(escape, escape.argument, cell, context);
    case 'cell-magic':
      return cellMagic(escape, cell, context);
    default:
      return lineMagic(escape, cell, context);
  }
}

function dropped({ span, name }: Escape, what = `%${name} matters to a notebook only`): Replacement {
  return { text: '', span, note: `dropped: ${what}` };
}

function lineMagic(escape: Escape, cell: CodeCell, context: EscapeContext): Replacement {
  const { name, argument, span } = escape;
  const { helpers, place } = context;
  if (MEASURING.has(name)) return measured(escape, cell);
  if (name === 'timeit') return timedOnce(escape, cell, false);
  if (['pip', 'conda', 'mamba', 'micromamba', 'uv'].includes(name))
    return shell(escape, `${name} ${argument}`, cell, context);
  if (['sx', 'system', '!'].includes(name)) return shell(escape, argument, cell, context);
  if (place.isValue) return value(escape, context);
  if (name === 'matplotlib' && /^inline\b/.test(argument) && context.drawing.pyplot !== undefined) {
    const { pyplot } = context.drawing;
    const bindings = context.facts.moduleBindings(pyplot);
    if (bindings.length === 0) helpers.use('plt');
    // The magic imports pyplot itself, wherever the notebook does.
    const isAbove = bindings.some(({ unit }) => isAboveEscape(unit, escape, cell));
    const imported =
      bindings.length > 0 && !isAbove ? `import matplotlib.pyplot as ${pyplot}\n${place.indent}` : '';
    return {
      text: `${imported}${pyplot}.switch_backend("Agg")`,
      span,
      note: `%matplotlib inline became a backend without windows; figures are closed where the notebook showed them, and saved before where ${context.figureFolder} names a folder`,
    };
  }
  if (DROPPED.has(name)) return dropped(escape);
  if (COMMANDS.has(name)) return shell(escape, `${name} ${argument}`, cell, context);
  switch (name) {
    case 'cd':
      return directory(escape, context);
    case 'env':
    case 'set_env':
      return environment(escape, context);
    case 'pwd':
      return dropped(escape, 'shows the folder');
    default:
      return { reason: `%${name} has no equal in plain Python` };
  }
}

function isAboveEscape(unit: FactUnit, { span }: Escape, cell: CodeCell): boolean {
  return unit.cell === cell ? unit.start < span.start : unit.cell.position < cell.position;
}

/** `x = %magic`. */
function value({ name, argument, span }: Escape, { helpers }: EscapeContext): Replacement {
  if (name === 'pwd') return { text: `${helpers.use('os')}.getcwd()`, span };
  if (name === 'env' && /^\w+$/.test(argument.trim())) {
    return { text: `${helpers.use('os')}.environ[${literal(argument.trim())}]`, span };
  }
  return { reason: `the value of %${name} has no equal in plain Python` };
}

/** `%time f()`: the code stays, the measuring goes. */
function measured(escape: Escape, cell: CodeCell): Replacement {
  const { span, name } = escape;
  const { source } = cell.cell;
  // `%time` alone measures nothing.
  if (escape.argument.trim() === '') return { text: '', span, note: `dropped: %${name} only measures` };
  if (!escape.isTransparent) return { reason: `the code behind %${name} cannot be told from its options` };
  const nameEnd = source.indexOf(name, span.start) + name.length;
  const lineEnd = span.start + /^[^\r\n]*/.exec(source.slice(span.start))![0].length;
  const code = codeBehind(source, nameEnd, lineEnd, magics.get(name)!);
  return {
    text: '',
    span: { start: span.start, end: code.start },
    note: `%${name} dropped, its code kept`,
  };
}

function cellMagic(escape: Escape, cell: CodeCell, context: EscapeContext): Replacement {
  const { name, argument, span, body = '' } = escape;
  const { helpers } = context;
  if (name === 'timeit') return { ...timedOnce(escape, cell, true), takesCell: true };
  if (MEASURING.has(name)) {
    const note = `%%${name} dropped, its code kept`;
    const behind =
      magics.get(name)?.firstLine !== undefined && argument.trim() !== '' && !/^-/.test(argument);
    return behind ? { reason: `%%${name} has code on its first line` } : { text: '', span, note };
  }
  if (name === 'capture') {
    const { options, words } = readArguments(argument, 0, argument.length, magics.get(name)!, false);
    if (options.length > 0 || words.length > 1) return { reason: 'options of %%capture have no equal here' };
    const buffer = `${helpers.use('io')}.StringIO()`;
    helpers.use('contextlib');
    const out = words[0] ?? buffer;
    const head = words[0] === undefined ? '' : `${words[0]} = ${buffer}\n`;
    return {
      text: `${head}with contextlib.redirect_stdout(${out}), contextlib.redirect_stderr(${buffer}):`,
      span,
      note: '%%capture became a redirection of what the cell prints',
    };
  }
  if (DROPPED.has(name))
    return { ...dropped(escape, `%%${name} is shown in a notebook only`), takesCell: true };
  if (name === 'writefile' || name === 'file') return writtenFile(escape, context);
  if (SHELLS.has(name)) {
    if (argument.trim() !== '') return { reason: `options of %%${name} have no equal here` };
    helpers.use('subprocess');
    const note = `%%${name} became a call of subprocess.run`;
    return {
      text: `${flush(context)}subprocess.run(["${name}"], input=${longLiteral(withBreak(body))}, text=True, check=True)`,
      span,
      takesCell: true,
      note,
    };
  }
  return { reason: `%%${name} has no equal in plain Python` };
}

/** IPython ends a cell with a line break. */
function withBreak(body: string): string {
  return body.endsWith('\n') ? body : `${body}\n`;
}

function writtenFile(
  { argument, span, body = '', name }: Escape,
  { helpers, facts }: EscapeContext,
): Replacement {
  const words = argument.trim().split(/\s+/);
  const isAppended = words[0] === '-a' || words[0] === '--append';
  const file = words.slice(isAppended ? 1 : 0);
  if (file.length !== 1 || /[${}'"~]/.test(file[0]!))
    return { reason: `the file that %%${name} writes cannot be told` };
  const module = /(?:^|\/)(\w+)\.py$/.exec(file[0]!)?.[1];
  if (module !== undefined && isImported(module, facts)) {
    return { reason: `the module ${module}, which is imported, appears only when the notebook runs` };
  }
  const path = `${helpers.use('Path')}(${literal(file[0]!)})`;
  const text = longLiteral(withBreak(body));
  const note = `%%${name} became a call that writes ${file[0]}`;
  const written = isAppended
    ? `with ${path}.open("a", encoding="utf-8") as file:\n    file.write(${text})`
    : `${path}.write_text(${text}, encoding="utf-8")`;
  return isAppended
    ? { reason: 'a file to which a cell is appended has no equal here yet' }
    : { text: written, span, takesCell: true, note };
}

function isImported(module: string, { units }: ProgramFacts): boolean {
  return units.some(({ summary }) =>
    summary.statements.some(({ node }) => {
      if (node.kind === 'Import') return node.names.some(({ name }) => name.split('.').includes(module));
      return node.kind === 'ImportFrom' && node.module.split('.').includes(module);
    }),
  );
}

/** `%cd folder`. */
function directory({ argument, span }: Escape, context: EscapeContext): Replacement {
  const words = argument.trim();
  const name = /^(['"])(.*)\1$/.exec(words)?.[2] ?? words;
  if (name === '' || /^[-~]/.test(name) || /^['"]|\\/.test(name))
    return { reason: `%cd ${words} cannot be told` };
  const path = interpolated(name, (each) => bound(each, context.facts));
  if ('reason' in path) return path;
  return {
    text: `${context.helpers.use('os')}.chdir(${path.text})`,
    span,
    note: '%cd became os.chdir, which fails where the folder is not there',
  };
}

/** `%env NAME=value`. */
function environment({ argument, span, name: magic }: Escape, context: EscapeContext): Replacement {
  const set = /^(\w+)\s*(?:=|\s)\s*(.*?)\s*$/.exec(argument.trim());
  if (!set) return dropped({ span, name: magic } as Escape, 'shows the environment');
  const [, name = '', given = ''] = set;
  const text = interpolated(given, (each) => bound(each, context.facts));
  if ('reason' in text) return text;
  return {
    text: `${context.helpers.use('os')}.environ[${literal(name)}] = ${text.text}`,
    span,
    note: `%${magic} became os.environ`,
  };
}

/** What the shell prints stands where it stood: behind what Python has printed before. */
function flush({ helpers, place }: EscapeContext): string {
  return `${helpers.use('sys')}.stdout.flush()\n${place.indent}`;
}

const UNIX_ONLY = /\bsource\b|<\(|\[\[|\$\{[^}]*[/:^,]/;

function shell(escape: Escape, command: string, cell: CodeCell, context: EscapeContext): Replacement {
  const { span } = escape;
  const { helpers, place, facts } = context;
  const use = shellUses(cell).find((each) => each.escape === escape && each.installer !== undefined);
  if (use && !place.isValue) {
    const packages = installedPackages(use);
    if (typeof packages !== 'string') {
      const requirements = packages.map(({ text }) => text);
      return { text: '', span, requirements, note: `became a dependency: ${requirements.join(', ')}` };
    }
    if (use.installer === 'system' || use.installer === 'conda') {
      return {
        text: '',
        span,
        note: `dropped: an installation that no pyproject.toml can name (${packages})`,
      };
    }
  }
  if (/^!/.test(command) || command.trim() === '') return { reason: 'the shell line cannot be told' };
  const text = interpolated(command, (each) => bound(each, facts));
  if ('reason' in text) return text;
  helpers.use('subprocess');
  const { isSimple } = shellLine(command);
  const needsShell = !isSimple || UNIX_ONLY.test(command);
  const executable = needsShell ? `, executable=${helpers.use('os')}.environ.get("SHELL")` : '';
  if (place.isValue) {
    const run = `subprocess.run(${text.text}, shell=True${executable}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)`;
    return {
      text: `${run}.stdout.splitlines()`,
      span,
      note: 'the shell line became a call of subprocess.run',
    };
  }
  return {
    text: `${flush(context)}subprocess.run(${text.text}, shell=True${executable}, check=False)`,
    span,
    note: 'the shell line became a call of subprocess.run',
  };
}

/** Whether a notebook binds a name before what reads it runs. */
function bound(name: string, facts: ProgramFacts): 'yes' | 'no' | 'maybe' {
  const bindings = facts.moduleBindings(name);
  if (bindings.length === 0) return 'no';
  return bindings.some(({ binding }) => binding.source.type === 'deletion') ? 'maybe' : 'yes';
}

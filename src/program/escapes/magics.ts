/**
 * What is known about magics, as data. Sources: IPython 9 (core/magics, extensions/storemagic), and of the packages
 * that define the others: line_profiler 5, memory_profiler 0.61, snakeviz 2, pyinstrument 5, ipycache 0.1, ipytest 0.14,
 * ipython-sql 0.5, JupySQL 0.11, bigquery-magics 0.15, rpy2 3, sparkmagic 0.21. A magic that is not listed is unknown:
 * see `effectsOfMagic`.
 */
export interface MagicFacts {
  /** `code`: as a line magic, a Python statement stands behind the options and is run. */
  readonly line?: 'code';
  /** `python`: as a cell magic it runs its body as Python. Else the body is another language or another program. */
  readonly cell?: 'python';
  /**
   * What a cell magic with a Python body has on its first line besides options: a statement (`setup`: its own piece of
   * code; `joined`: the body's first line), or nothing but words (default).
   */
  readonly firstLine?: 'setup' | 'joined';
  /** Names bound by the code do not reach the namespace. */
  readonly isolated?: true;
  /** As a line magic it returns the value of the expression behind it: `x = %time f()` is `x = f()`. */
  readonly returnsValue?: true;
  /** Options; see `OptionSpec`. */
  readonly short?: string;
  readonly long?: readonly string[];
  /** Options whose value is a name, or several separated by commas, that it binds. */
  readonly bindingOptions?: readonly string[];
  /** Options whose value is an expression that it reads. */
  readonly readingOptions?: readonly string[];
  /** What it does with the names among its words. `binds-first`: only its first word is a name. */
  readonly words?: 'reads' | 'binds' | 'binds-first' | 'reads-and-binds';
  /** It may bind, rebind or delete names that nobody can list. */
  readonly bindsUnknown?: true;
  /** Its line or body has an own syntax for names; see `effects.ts`. */
  readonly syntax?: 'store' | 'sql' | 'shell-capture';
  /** The text of its line is not searched for `$name` and `{expression}`. */
  readonly noExpansion?: true;
}

/** Known to touch no name besides those in `$name` and `{expression}`. */
const neutral: MagicFacts = {};
const reads: MagicFacts = { words: 'reads' };
const unknownNames: MagicFacts = { bindsUnknown: true };

/** `%%bash`, `%%script x`: another process; its output may go into variables. Source: `script_args`. */
const script: MagicFacts = {
  long: ['out=', 'err=', 'proc=', 'bg', 'no-raise-error'],
  bindingOptions: ['out', 'err', 'proc'],
};
const systemCapture: MagicFacts = { long: ['out='], bindingOptions: ['out'] };
const profiler: MagicFacts = {
  line: 'code',
  cell: 'python',
  firstLine: 'joined',
  noExpansion: true,
};
const sql: MagicFacts = {
  syntax: 'sql',
  // -o is sparkmagic's, the rest is JupySQL's.
  short: 'lx:c:s:pAa:f:w:S:o:nNP:i:',
  long: [
    ...['connections', 'close=', 'creator=', 'section=', 'persist', 'persist-replace', 'append', 'no-index'],
    ...['connection_arguments=', 'file=', 'save=', 'with=', 'no-execute', 'alias=', 'interact=', 'output='],
  ],
  bindingOptions: ['o', 'output'],
  readingOptions: ['creator', 'c', 'interact', 'i'],
};
const spark: MagicFacts = {
  short: 'o:m:n:r:c:s:q',
  long: ['output=', 'samplemethod=', 'maxrows=', 'samplefraction=', 'context=', 'session=', 'coerce='],
  bindingOptions: ['o', 'output'],
};
/** `-i` and `-o` of the magics that talk to another language. */
const bridge: MagicFacts = {
  short: 'i:o:w:h:p:b:u:r:c:d:f:s:nt:g:',
  long: [
    'input=',
    'output=',
    'width=',
    'height=',
    'units=',
    'res=',
    'type=',
    'noisolation',
    'converter=',
    'display=',
  ],
  bindingOptions: ['o', 'output'],
  readingOptions: ['i', 'input'],
};
const bigquery: MagicFacts = {
  words: 'binds-first',
  long: [
    ...[
      'destination_table=',
      'project=',
      'bigquery_api_endpoint=',
      'bqstorage_api_endpoint=',
      'max_results=',
    ],
    ...[
      'maximum_bytes_billed=',
      'params=',
      'progress_bar_type=',
      'location=',
      'engine=',
      'use_geodataframe=',
    ],
    ...[
      'dry_run',
      'use_legacy_sql',
      'no_query_cache',
      'use_bqstorage_api',
      'use_rest_api',
      'verbose',
      'graph',
      'pyformat',
    ],
  ],
};

const groups: readonly (readonly [facts: MagicFacts, names: string])[] = [
  // Python behind or below them.
  [
    {
      line: 'code',
      cell: 'python',
      returnsValue: true,
      long: ['no-raise-error'],
      noExpansion: true,
    },
    'time',
  ],
  [
    {
      line: 'code',
      cell: 'python',
      firstLine: 'setup',
      isolated: true,
      short: 'n:r:tcp:qov:',
      bindingOptions: ['v'],
      noExpansion: true,
    },
    'timeit',
  ],
  [{ ...profiler, short: 'D:l:rs:T:q' }, 'prun'],
  [{ ...profiler, short: 'D:l:rs:T:qt', long: ['new-tab'] }, 'snakeviz'],
  [{ ...profiler, short: 'rf:T:c', readingOptions: ['f'] }, 'mprun'],
  [{ line: 'code', short: 'rsf:m:D:T:u:z', readingOptions: ['f'], noExpansion: true }, 'lprun'],
  [{ cell: 'python' }, 'lprun_all'],
  [{ ...profiler, firstLine: 'setup', short: 'r:t:i:coq' }, 'memit'],
  [{ ...profiler, short: 'b:', long: ['breakpoint='] }, 'debug'],
  [
    {
      cell: 'python',
      line: 'code',
      short: 'p:',
      long: [
        'show=',
        'show-regex=',
        'hide=',
        'hide-regex=',
        'interval=',
        'async_mode=',
        'height=',
        'show-all',
        'timeline',
      ],
      noExpansion: true,
    },
    'pyinstrument',
  ],
  [{ cell: 'python', words: 'binds-first', long: ['no-stderr', 'no-stdout', 'no-display'] }, 'capture'],
  [
    { cell: 'python', words: 'binds', short: 'vd:fr', long: ['verbose', 'cachedir=', 'force', 'read'] },
    'cache',
  ],
  [
    { cell: 'python' },
    // `%%pyspark` names the cell's language in hosted Spark notebooks.
    'wandb ipytest run_pytest local pyspark opts output notify cudf.pandas.profile cudf.pandas.line_profile',
  ],

  // Names.
  [{ syntax: 'store', short: 'drz' }, 'store'],
  [{ syntax: 'shell-capture', short: 'lv' }, 'sc'],
  [{ words: 'binds-first', short: 'rq' }, 'macro'],
  [{ words: 'reads-and-binds', short: 'n' }, 'xdel'],
  [reads, 'pinfo pinfo2 pdef pdoc psource pfile page recall rep'],
  [
    unknownNames,
    'run pylab load loadpy edit ed rerun paste cpaste reset reset_selective ' +
      'cython cython_inline cython_pyximport fortran pybind11 inline_module',
  ],
  [systemCapture, 'sx system !'],
  [script, 'bash sh script perl ruby python python2 python3 pypy cmd powershell pwsh node shell zsh fish'],
  [sql, 'sql'],
  [
    {
      syntax: 'sql',
      short: 'd:v:l:f:t:cer',
      long: ['dataframe=', 'view=', 'limit='],
      bindingOptions: ['d', 'dataframe'],
    },
    'sparksql trino',
  ],
  [spark, 'spark'],
  [{ short: 'i:t:n:m:', long: ['input=', 'varname='], readingOptions: ['i', 'input'] }, 'send_to_spark'],
  [bigquery, 'bigquery bqsql'],
  [bridge, 'R octave matlab'],
  [reads, 'Rpush octave_push'],
  [{ words: 'binds' }, 'Rpull octave_pull'],
  [{ long: ['store-to=', 'store-format='], bindingOptions: ['store-to'] }, 'sparql gremlin oc opencypher'],
  [{ short: 'o:t:e:', long: ['out=', 'targets=', 'local'], bindingOptions: ['o', 'out'] }, 'px pxresult'],

  // No names.
  [
    neutral,
    'alias alias_magic autoawait autocall automagic bookmark cd code_wrap colors conda config dhist dirs doctest_mode env ' +
      'gui hist history html javascript js killbgscripts latex load_ext logoff logon logstart logstate logstop lsmagic ' +
      'magic mamba markdown matplotlib micromamba notebook pastebin pdb pip popd pprint precision psearch pushd pwd pycat ' +
      'quickref rehashx reload_ext save set_env svg tb unalias unload_ext uv who who_ls whos writefile xmode',
  ],
  // Aliases for commands, which IPython defines as line magics, and the kernel's own.
  [neutral, 'cat clear cls copy cp ddir dir echo ldir less lf lk ll ls lx man mkdir more mv ren rm rmdir'],
  [
    neutral,
    'autosave connect_info guiref install_default_config install_ext install_profiles qtconsole subshell',
  ],
  // Extensions and hosted notebooks.
  [
    neutral,
    'aimport autoreload autotime cleanup configure delete file heat help info logs manage_spark mermaid dot tensorboard ' +
      'tensorflow_version tikz itikz typst version_information watermark Rdevice Rget ai sqlplot sqlcmd black julia',
  ],
];

/** The facts about a magic by its name without `%`. */
export const magics: ReadonlyMap<string, MagicFacts> = new Map(
  groups.flatMap(([facts, names]) => names.split(' ').map((name) => [name, facts] as const)),
);

/**
 * The magics that are taken for one without `%` when they are the whole cell, with something behind them that is no
 * Python (`pip install x`). Not every line magic: a word that often names a variable needs a word behind it (`time f()`);
 * a command may have an option or a path (`ls -l`, `cd /data`), which Python would read as subtraction and division.
 */
export const automagics: ReadonlyMap<string, 'command' | 'word'> = new Map([
  ...'cat cd conda cp ll ls mamba mkdir mv pip pushd rm rmdir uv'
    .split(' ')
    .map((name) => [name, 'command'] as const),
  ...'config env history less load_ext man matplotlib more pycat reload_ext run set_env store time timeit who whos'
    .split(' ')
    .map((name) => [name, 'word'] as const),
]);

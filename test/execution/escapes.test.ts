import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { maskEscapes } from '../../src/program/escapes/mask';
import { composedCell } from '../unit/escapes/arbitraries';
import { cells } from '../unit/escapes/cells';

/** What Python makes of one cell. */
interface Answer {
  /** The syntax tree of what IPython runs, escapes replaced by 0 and transparent ones by their code; null: an error. */
  readonly meant: string | null;
  /** The syntax tree of the masked text. */
  readonly masked: string | null;
  /** IPython's text parses, but not the code behind a transparent magic: an error as soon as the magic runs. */
  readonly isBrokenInside: boolean;
}

/**
 * Reads pairs of source and masked text, prints an `Answer` for each. IPython's own transformers and option parsers are
 * asked, so that nothing here knows what an escape looks like.
 */
const ORACLE = String.raw`
import ast, contextlib, io, json, re, sys, warnings
warnings.simplefilter("ignore")
from traitlets.config import Config
from IPython.core import inputtransformer2
from IPython.core.error import UsageError
from IPython.core.interactiveshell import InteractiveShell

config = Config()
config.HistoryManager.enabled = False
shell = InteractiveShell.instance(config=config)
COMPOUND = tuple(getattr(ast, name) for name in (
    "For", "AsyncFor", "While", "If", "With", "AsyncWith", "Try", "TryStar", "FunctionDef", "AsyncFunctionDef",
    "ClassDef", "Match") if hasattr(ast, name))

def marking(plain):
    """Calls made by , ; and / look like the user's own: mark those that parse."""
    def call(content):
        text = plain(content)
        ast.parse(text)
        return "get_ipython().auto_call()"
    return call

for sign in ",;/":
    inputtransformer2.tr[sign] = marking(inputtransformer2.tr[sign])

def first_indent(lines):
    """leading_indent of IPython 8, which accepts more than that of IPython 9."""
    indent = re.match(r"[ \t]*", lines[0]).group() if lines else ""
    return [line[len(indent):] if line.startswith(indent) else line for line in lines]

transforms = shell.input_transformer_manager.cleanup_transforms
position = transforms.index(inputtransformer2.leading_indent)
indents = [transforms[position], first_indent]

class BrokenInside(Exception):
    pass

def zero():
    return ast.parse("0").body[0].value

def tree(cell):
    return rewrite(ast.parse(shell.transform_cell(cell)).body)

def inside(cell):
    try:
        return tree(cell)
    except (SyntaxError, ValueError) as error:
        raise BrokenInside() from error

def options(name, line):
    """The code behind a transparent magic's options."""
    if name == "time":
        return re.sub(r"^\s*--no-raise-error\b", "", line)
    spec = {"timeit": "n:r:tcp:qov:", "prun": "D:l:rs:T:q"}[name]
    extra = {"strict": False, "preserve_non_opts": True} if name == "timeit" else {"list_all": True}
    magics = shell.find_line_magic(name).__self__
    try:
        return magics.parse_options(line, spec, posix=False, **extra)[1]
    except (UsageError, ValueError) as error:
        raise BrokenInside() from error

def simple(statements):
    return not any(isinstance(statement, COMPOUND) for statement in statements)

def expand(call, is_value):
    """The value in the place of an escape, and the statements behind it."""
    method, arguments = call.func.attr, [argument.value for argument in call.args]
    if method == "run_line_magic" and arguments[0] in ("time", "timeit", "prun"):
        name, line = arguments
        code = options(name, line)
        statements = inside(code.strip())
        if not simple(statements):
            return zero(), []
        is_expression = len(statements) == 1 and isinstance(statements[0], ast.Expr)
        if is_value and name == "time" and is_expression and not code.rstrip().endswith(";"):
            if not isinstance(statements[0].value, ast.Constant) or "!" not in code and "%" not in code:
                return statements[0].value, []
        return zero(), statements
    if method == "run_cell_magic" and arguments[0] in ("time", "capture", "timeit", "prun"):
        name, line, body = arguments
        if name in ("time", "capture"):
            return zero(), inside(body)
        code = options(name, line)
        if name == "timeit":
            setup = inside(code)
            return zero(), [*setup, *inside(body)] if simple(setup) else []
        try:
            is_simple = simple(tree(code))
        except (SyntaxError, ValueError):
            is_simple = False
        return zero(), inside(code + "\n" + body) if is_simple else []
    return zero(), []

def is_escape(node):
    return (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Call) and isinstance(node.func.value.func, ast.Name)
        and node.func.value.func.id == "get_ipython")

def rewrite(statements):
    out = []
    for statement in statements:
        more = []
        value = getattr(statement, "value", None)
        if isinstance(statement, (ast.Expr, ast.Assign, ast.AnnAssign)) and is_escape(value):
            statement.value, more = expand(value, not isinstance(statement, ast.Expr))
        for field in ("body", "orelse", "finalbody"):
            if isinstance(getattr(statement, field, None), list):
                setattr(statement, field, rewrite(getattr(statement, field)))
        for field in ("handlers", "cases"):
            for part in getattr(statement, field, []):
                part.body = rewrite(part.body)
        out += [statement, *more]
    return out

def dump(statements):
    return ast.dump(ast.Module(body=statements, type_ignores=[]))

def answer(source, masked):
    result = {"meant": None, "masked": None, "isBrokenInside": False}
    for transforms[position] in indents:
        try:
            # Front ends send cells with line feeds.
            result["meant"] = dump(tree(re.sub(r"\r\n?", "\n", source)))
            break
        except (SyntaxError, ValueError):
            pass
        except BrokenInside:
            result["isBrokenInside"] = True
            break
    try:
        result["masked"] = dump(ast.parse(masked).body)
    except (SyntaxError, ValueError):
        pass
    return result

pairs = json.load(sys.stdin)
with contextlib.redirect_stdout(io.StringIO()):
    answers = [answer(*pair) for pair in pairs]
print(json.dumps(answers))
`;

suite('IPython and the masked text mean the same Python', function () {
  this.timeout(300_000);
  const python = process.env['GRADUATE_PYTHON'];
  const home = mkdtempSync(join(tmpdir(), 'graduate-ipython-'));

  suiteSetup(() => {
    assert.ok(python, 'GRADUATE_PYTHON must name a Python that has IPython');
  });
  suiteTeardown(() => rmSync(home, { recursive: true, force: true }));

  /** One Python for all cells: starting IPython takes a second. */
  function ask(sources: readonly string[]): Answer[] {
    const pairs = sources.map((source) => [source, maskEscapes(source).masked]);
    const run = spawnSync(python ?? '', ['-c', ORACLE], {
      input: JSON.stringify(pairs),
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      env: { ...process.env, IPYTHONDIR: home, PYTHONIOENCODING: 'utf-8' },
    });
    assert.equal(run.status, 0, run.stderr);
    return JSON.parse(run.stdout) as Answer[];
  }

  function compare(sources: readonly string[]): { differences: unknown[]; parsed: number } {
    const differences: unknown[] = [];
    let parsed = 0;
    for (const [index, answer] of ask(sources).entries()) {
      // Whether code that fails inside its magic is shown as broken or hidden is a matter of taste.
      if (answer.isBrokenInside) continue;
      if (answer.meant !== null) parsed++;
      if (answer.meant === answer.masked) continue;
      const source = sources[index] ?? '';
      differences.push({ source, text: maskEscapes(source).masked, ...answer });
    }
    return { differences, parsed };
  }

  test('in crafted cells', () => {
    const { differences, parsed } = compare(cells);
    assert.deepEqual(differences, []);
    assert.ok(parsed > 180, `only ${parsed} cells are valid`);
  });

  test('in cells composed at random', () => {
    const sources = fc.sample(composedCell, { numRuns: 3000, seed: 20240501 });
    const { differences, parsed } = compare(sources);
    assert.deepEqual(differences.slice(0, 5), []);
    assert.ok(parsed > 1000, `only ${parsed} cells are valid`);
  });
});

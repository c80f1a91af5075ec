import type { ArgvUse } from '../argv';
import { bracketed } from '../../refactorings/extract-pipeline/layout';
import type { PackagePlan } from '../plan';
import { type ImportNeed, importBlock } from '../../refactorings/importBlock';

/** Classes of a module that files may hold under the name of `__main__`. */
export interface Unpickled {
  readonly module: string;
  readonly names: readonly string[];
}

/** The module that `python -m` runs. */
export function mainText(plan: PackagePlan, argv: ArgvUse, unpickled: readonly Unpickled[]): string {
  const isAwaited = plan.stages.some(plan.isAsync);
  const imports = [
    'import argparse',
    ...(isAwaited ? ['import asyncio'] : []),
    'import importlib',
    'import json',
    'import logging',
    'import os',
    'import sys',
    'from pathlib import Path',
  ];
  const parts = [
    '"""Runs the pipeline; ``--help`` lists the options."""',
    'from __future__ import annotations',
    imports.join('\n'),
    importBlock([
      ...(plan.configuration
        ? [
            local('.', plan.stateName),
            local(`.${plan.configModule}`, 'Config'),
            local(`.${plan.configModule}`, 'ConfigError'),
          ]
        : []),
      ...unpickled.flatMap(({ module, names: own }) => own.map((name) => local(`.${module}`, name))),
    ]),
    ...listedClasses(unpickled),
    [
      '# What the environment calls the options: this, an underscore, and the option.',
      `ENVIRONMENT = ${JSON.stringify(plan.name.toUpperCase())}`,
      'LOG_FORMATS = ("text", "json", "plain")',
      'logger = logging.getLogger(__package__)',
    ].join('\n'),
  ];
  return [
    parts.filter(Boolean).join('\n\n'),
    LOGGING,
    parsing(plan, argv),
    mainFunction(plan, isAwaited),
    GUARD,
  ].join('\n\n\n');
}

function local(module: string, name: string): ImportNeed {
  return { module, name, alias: undefined };
}

/** Files that were pickled by the original look for its classes in `__main__`. */
function listedClasses(unpickled: readonly Unpickled[]): readonly string[] {
  if (unpickled.length === 0) return [];
  const names = unpickled.flatMap((each) => each.names);
  const all = ['main', ...names].sort().map((name) => `"${name}"`);
  return [
    `# Files that the original has pickled look for its classes here.\n${bracketed('__all__ = [', all, ']', '')}`,
  ];
}

function parsing({ name, originalName }: PackagePlan, argv: ArgvUse): string {
  const what: Readonly<Record<ArgvUse, string>> = {
    none: 'Reads the options of a run; each has a default in the environment.',
    parser: `Reads the options of a run; each has a default in the environment.

    The rest of the command line is the program's own.
    `,
    variables: `Reads the settings of a run from the environment.

    The words of the command line are the program's own.
    `,
  };
  const help = argv === 'none' ? [] : ['add_help=False'];
  const rest: Readonly<Record<ArgvUse, readonly string[]>> = {
    none: ['    options = parser.parse_args(arguments)'],
    parser: [
      '    options, rest = parser.parse_known_args(arguments)',
      `    sys.argv = [${JSON.stringify(originalName)}, *rest]`,
    ],
    variables: [
      '    options = parser.parse_args([])',
      '    rest = sys.argv[1:] if arguments is None else arguments',
      `    sys.argv = [${JSON.stringify(originalName)}, *rest]`,
    ],
  };
  return `def parse_options(arguments: list[str] | None) -> argparse.Namespace:
    """${what[argv]}"""
${bracketed('    parser = argparse.ArgumentParser(', [`prog="python -m ${name}"`, 'allow_abbrev=False', ...help], ')', '    ')}
    parser.add_argument(
        "--config",
        type=Path,
        default=os.environ.get(f"{ENVIRONMENT}_CONFIG"),
        help="YAML file in place of the default configuration",
    )
    parser.add_argument(
        "--data-root",
        type=Path,
        default=os.environ.get(f"{ENVIRONMENT}_DATA_ROOT", "."),
        help="folder that relative paths start from (default: the current one)",
    )
    parser.add_argument(
        "--log-format",
        default=os.environ.get(f"{ENVIRONMENT}_LOG_FORMAT", "text"),
        help="text, json or plain (default: text)",
    )
${rest[argv].join('\n')}
    if options.log_format not in LOG_FORMATS:
        parser.error(f"--log-format is text, json or plain, not {options.log_format}")
    if not options.data_root.is_dir():
        parser.error(f"--data-root: there is no folder {options.data_root}")
    if options.config is not None:
        options.config = options.config.absolute()
        if not options.config.is_file():
            parser.error(f"--config: there is no file {options.config}")
    return options`;
}

function mainFunction({ configuration, stateName, configName }: PackagePlan, isAwaited: boolean): string {
  const configured = configuration
    ? `    default = Path(__file__).with_name("config.yaml").absolute()
    try:
        ${stateName}.${configName} = Config.from_file(options.config or default)
    except ConfigError:
        logger.exception("the configuration cannot be used")
        return 1
`
    : '';
  return `def main(arguments: list[str] | None = None) -> int:
    """Runs the pipeline; returns the exit status."""
    options = parse_options(arguments)
    configure_logging(options.log_format)
${configured}    os.chdir(options.data_root)
    # Imported only now: a module may look at the folder when it is imported.
    pipeline = importlib.import_module(f"{__package__}.pipeline")
    ${isAwaited ? 'asyncio.run(pipeline.run())' : 'pipeline.run()'}
    return 0`;
}

const GUARD = `if __name__ == "__main__":
    raise SystemExit(main())
`;

const LOGGING = `class JsonFormatter(logging.Formatter):
    """Formats a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Returns the record's line."""
        entry = {
            "time": self.formatTime(record),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return json.dumps(entry)


def configure_logging(log_format: str) -> None:
    """Sends the package's log to standard error, or bare to standard output."""
    stream = sys.stdout if log_format == "plain" else sys.stderr
    handler = logging.StreamHandler(stream)
    if log_format == "json":
        handler.setFormatter(JsonFormatter())
    elif log_format == "text":
        layout = "%(asctime)s %(levelname)s %(name)s: %(message)s"
        handler.setFormatter(logging.Formatter(layout))
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False`;

import path from 'node:path';
import { PythonParser } from '../../src/syntax/parser';

const modules = path.join(__dirname, '..', '..', 'node_modules');

let loaded: Promise<PythonParser> | undefined;

/** One parser for all tests of a process. */
export function testParser(): Promise<PythonParser> {
  loaded ??= PythonParser.load({
    runtime: path.join(modules, 'web-tree-sitter', 'web-tree-sitter.wasm'),
    grammar: path.join(modules, 'tree-sitter-python', 'tree-sitter-python.wasm'),
  });
  return loaded;
}

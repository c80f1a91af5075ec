import path from 'node:path';
import { Engine } from '../actions/engine';
import { PythonParser } from '../syntax/parser';

/** @param folder Where the two wasm files lie. */
export async function loadEngine(folder: string): Promise<Engine> {
  const parser = await PythonParser.load({
    runtime: path.join(folder, 'web-tree-sitter.wasm'),
    grammar: path.join(folder, 'tree-sitter-python.wasm'),
  });
  return new Engine(parser);
}

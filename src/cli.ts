#!/usr/bin/env node
import { main } from './cli/main';
import { processIo } from './cli/io';

// Not `process.exit`: what is still on its way to a pipe would be lost.
void main(process.argv.slice(2), processIo(process), __dirname).then((status) => {
  process.exitCode = status;
});

#!/usr/bin/env node
import { serveAsChecker } from './cli/checking/worker';
import { messageOf } from './cli/exit';
import { processIo } from './cli/io';
import { main } from './cli/main';

if (!serveAsChecker()) run();

function run(): void {
  // What no command can catch, such as a full disk behind standard output.
  process.on('uncaughtException', (error) => {
    process.stderr.write(`graduate: ${messageOf(error)}\n`, () => process.exit(2));
  });

  // Not `process.exit`: what is still on its way to a pipe would be lost.
  void main(process.argv.slice(2), processIo(process), __dirname).then((status) => {
    process.exitCode = status;
  });
}

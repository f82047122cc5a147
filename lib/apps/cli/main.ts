#!/usr/bin/env node
import { auditCommands } from './audit-commands.js';
import { runProgram } from './program.js';
import { Terminal } from './terminal.js';

// The code alone is set: what is on its way to a pipe still has to leave.
process.exitCode = await runProgram(
  process.argv.slice(2),
  [auditCommands],
  new Terminal(process.stdout, process.stderr),
);

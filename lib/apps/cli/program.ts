import { nodeRequire } from '#node-require';

import { isSpanwrightError } from '../../core/errors.js';
import { toPrintable } from './columns.js';
import type { CommandGroup } from './command.js';
import { EXIT_CODES, type ExitCode } from './exit-code.js';
import { helpOfCommand, helpOfGroup, helpOfProgram } from './help.js';
import { parseArguments, type Request } from './parse-arguments.js';
import type { Terminal } from './terminal.js';

function helpOf({ group, command }: Request & { readonly kind: 'help' }, groups: readonly CommandGroup[]): string {
  if (group === undefined) return helpOfProgram(groups);
  return command === undefined ? helpOfGroup(group) : helpOfCommand(group, command);
}

/** A line for a failure: ours with what to do, another's with where it comes from. */
function describe(error: unknown): { readonly code: string; readonly message: string; readonly hint?: string } {
  if (isSpanwrightError(error)) return { code: error.code, message: error.message, hint: error.hint };
  const { code, message } =
    error instanceof Error ? (error as NodeJS.ErrnoException) : { code: undefined, message: String(error) };
  return { code: code ?? 'INTERNAL', message };
}

async function report(error: unknown, isJson: boolean, terminal: Terminal): Promise<ExitCode> {
  const described = describe(error);
  if (isJson) await terminal.print(`${JSON.stringify({ error: described })}\n`);
  const hint = described.hint === undefined ? '' : `\n${toPrintable(described.hint)}`;
  terminal.warn(`spanwright: ${toPrintable(described.message)}${hint}\n`);
  return isSpanwrightError(error) ? EXIT_CODES.unreadable : EXIT_CODES.internal;
}

async function runCommand(
  { command, operands, options }: Request & { readonly kind: 'run' },
  terminal: Terminal,
): Promise<ExitCode> {
  try {
    return await command.run({ operands, options, terminal });
  } catch (error) {
    return report(error, options.has('json'), terminal);
  }
}

/** Runs the program with the words after its name and says what it ends with. Never throws. */
export async function runProgram(
  words: readonly string[],
  groups: readonly CommandGroup[],
  terminal: Terminal,
): Promise<ExitCode> {
  const request = parseArguments(words, groups);
  switch (request.kind) {
    case 'mistake':
      terminal.warn(`spanwright: ${toPrintable(request.message)}\n`);
      return EXIT_CODES.usage;
    case 'help':
      if (!request.isAsked) {
        terminal.warn(helpOf(request, groups));
        return EXIT_CODES.usage;
      }
      await terminal.print(helpOf(request, groups));
      return EXIT_CODES.intact;
    case 'version':
      await terminal.print(`${(nodeRequire('spanwright/package.json') as { version: string }).version}\n`);
      return EXIT_CODES.intact;
    case 'run':
      return runCommand(request, terminal);
    default:
      return request satisfies never;
  }
}

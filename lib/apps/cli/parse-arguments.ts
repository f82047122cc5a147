import { parseArgs } from 'node:util';

import { nearestName } from '../../config/suggest.js';
import type { Command, CommandGroup } from './command.js';

/** What a command line asks for. */
export type Request =
  | {
      readonly kind: 'run';
      readonly command: Command;
      readonly operands: string[];
      readonly options: Map<string, string>;
    }
  | {
      readonly kind: 'help';
      readonly group?: CommandGroup | undefined;
      readonly command?: Command | undefined;
      readonly isAsked: boolean;
    }
  | { readonly kind: 'version' }
  | { readonly kind: 'mistake'; readonly message: string };

const mistake = (message: string): Request => ({ kind: 'mistake', message });

/** Names the nearest of what is known, or all of it. */
function unknown(what: string, given: string, known: readonly string[]): Request {
  const nearest = nearestName(given, known);
  const hint = nearest === undefined ? `expected ${known.join(', ')}` : `did you mean ${nearest}?`;
  return mistake(`unknown ${what} ${JSON.stringify(given)}: ${hint}`);
}

/** Understands a command line; the words are those after the program's name. */
export function parseArguments(words: readonly string[], groups: readonly CommandGroup[]): Request {
  const [first, second, ...rest] = words;
  if (first === undefined) return { kind: 'help', isAsked: false };
  if (isHelp(first)) return { kind: 'help', isAsked: true };
  if (first === '--version') return { kind: 'version' };
  const group = groups.find(({ name }) => name === first);
  if (group === undefined) {
    return unknown(first.startsWith('-') ? 'flag' : 'command', first, [
      ...groups.map(({ name }) => name),
      '--help',
      '--version',
    ]);
  }
  if (second === undefined) return { kind: 'help', group, isAsked: false };
  if (isHelp(second)) return { kind: 'help', group, isAsked: true };
  const command = group.commands.find(({ name }) => name === second);
  if (command === undefined)
    return unknown(
      'command',
      second,
      group.commands.map(({ name }) => name),
    );
  return parseCommand(rest, group, command);
}

function isHelp(word: string): boolean {
  return word === '--help' || word === '-h' || word === 'help';
}

function parseCommand(words: readonly string[], group: CommandGroup, command: Command): Request {
  const known = Object.entries(command.options);
  const flags = [...known.map(([name]) => `--${name}`), '--help'];
  const { tokens } = parseArgs({
    args: [...words],
    // Not strict: its own messages name nothing that is near.
    strict: false,
    tokens: true,
    options: {
      help: { type: 'boolean', short: 'h' },
      ...Object.fromEntries(
        known.map(([name, { value }]) => [name, { type: value === undefined ? 'boolean' : 'string' } as const]),
      ),
    },
  });
  const operands: string[] = [];
  const options = new Map<string, string>();
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind !== 'option') continue;
    if (token.name === 'help') return { kind: 'help', group, command, isAsked: true };
    const option = Object.hasOwn(command.options, token.name) ? command.options[token.name] : undefined;
    if (option === undefined || !token.rawName.startsWith('--')) {
      return unknown('flag', token.rawName, flags);
    }
    const { value, inlineValue } = token;
    if (option.value === undefined && value !== undefined) return mistake(`--${token.name} takes no value`);
    const isMissing = value === undefined || value === '' || (!inlineValue && value.startsWith('-'));
    if (option.value !== undefined && isMissing) return mistake(`--${token.name} needs a value: ${option.value}`);
    options.set(token.name, value ?? '');
  }
  const missing = command.operands[operands.length];
  if (missing !== undefined) return mistake(`${group.name} ${command.name} needs ${missing}`);
  const extra = operands[command.operands.length];
  if (extra !== undefined) return mistake(`${group.name} ${command.name} takes no ${JSON.stringify(extra)}`);
  return { kind: 'run', command, operands, options };
}

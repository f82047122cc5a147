import { toColumns } from './columns.js';
import type { Command, CommandGroup } from './command.js';

/** `audit verify DIR [--json]`, as it is typed. */
export function usageOf(group: CommandGroup, command: Command): string {
  const options = Object.entries(command.options).map(([name, { value }]) =>
    value === undefined ? `[--${name}]` : `[--${name} ${value}]`,
  );
  return ['spanwright', group.name, command.name, ...command.operands, ...options].join(' ');
}

/** What the program can do. */
export function helpOfProgram(groups: readonly CommandGroup[]): string {
  const rows = groups.map(({ name, about }) => [`  ${name}`, about]);
  return `Usage: spanwright <group> <command> …\n\n${toColumns(rows)}\nspanwright <group> --help lists its commands.\n`;
}

/** What the commands of a group do. */
export function helpOfGroup(group: CommandGroup): string {
  const rows = group.commands.map(({ name, operands, about }) => [`  ${[name, ...operands].join(' ')}`, about]);
  return [
    `${group.about}\n`,
    `Usage: spanwright ${group.name} <command> …\n`,
    toColumns(rows),
    `spanwright ${group.name} <command> --help says more.\n`,
  ].join('\n');
}

/** What a command does and takes. */
export function helpOfCommand(group: CommandGroup, command: Command): string {
  const rows = Object.entries(command.options).map(([name, { value, about }]) => [
    `  --${name}${value === undefined ? '' : ` ${value}`}`,
    about,
  ]);
  const exits = Object.entries(command.exits ?? {}).map(([code, about]) => [`  ${code}`, about]);
  return [
    `${command.about}\n`,
    `Usage: ${usageOf(group, command)}\n`,
    toColumns([...rows, ['  --help', 'Prints this.']]),
    ...(exits.length === 0 ? [] : [`Exit codes:\n${toColumns(exits)}`]),
  ].join('\n');
}

// Prints docs/reference/cli.md.
import { auditCommands } from '#lib/apps/cli/audit-commands.js';
import { EXIT_CODES } from '#lib/apps/cli/exit-code.js';
import { usageOf } from '#lib/apps/cli/help.js';

import { table } from './markdown-table.mjs';

const GROUPS = [auditCommands];

const TEXT = `# Command line

<!-- Written by \`npm run docs\` from lib/apps/cli. Change those. -->

What \`npx spanwright\` understands. How to use it: [guide](../guide/cli.md).

Every command takes \`--help\`. What is for people may change between versions; what \`--json\` prints gains fields and loses none.
A command or a flag that is not known ends with ${EXIT_CODES.usage}, a fault of the program with ${EXIT_CODES.internal}; a command that reads ends with
${EXIT_CODES.unreadable} where it cannot.`;

/** Every command with its flags and exit codes. */
export function printCli() {
  return `${[TEXT, ...GROUPS.flatMap((group) => group.commands.map((command) => printCommand(group, command)))].join('\n\n')}\n`;
}

function printCommand(group, command) {
  const options = Object.entries(command.options).map(([name, { value, about }]) => [
    `\`--${name}${value === undefined ? '' : ` ${value}`}\``,
    about,
  ]);
  const exits = Object.entries(command.exits ?? {}).map(([code, about]) => [code, about]);
  return [
    `## ${group.name} ${command.name}`,
    command.about,
    `\`\`\`sh\n${usageOf(group, command)}\n\`\`\``,
    table(['flag', 'what it does'], options),
    ...(exits.length === 0 ? [] : [table(['exit', 'when'], exits)]),
  ].join('\n\n');
}

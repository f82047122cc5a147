import type { CommandGroup } from './command.js';
import { doctorCommand } from './doctor-command.js';
import { recoverCommand } from './recover-command.js';
import { verifyCommand } from './verify-command.js';

/** What can be done with a ledger. */
export const auditCommands: CommandGroup = {
  name: 'audit',
  about: 'Reads and checks the ledger of audited calls.',
  commands: [verifyCommand, recoverCommand, doctorCommand],
};

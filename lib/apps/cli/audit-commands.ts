import type { CommandGroup } from './command.js';
import { doctorCommand } from './doctor-command.js';
import { explainCommand } from './explain-command.js';
import { exportCommand } from './export-command.js';
import { lineageCommand } from './lineage-command.js';
import { recoverCommand } from './recover-command.js';
import { tailCommand } from './tail-command.js';
import { verifyCommand } from './verify-command.js';

/** What can be done with a ledger. */
export const auditCommands: CommandGroup = {
  name: 'audit',
  about: 'Reads and checks the ledger of audited calls.',
  commands: [verifyCommand, explainCommand, lineageCommand, tailCommand, recoverCommand, exportCommand, doctorCommand],
};

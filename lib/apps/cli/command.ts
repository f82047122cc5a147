import type { ExitCode } from './exit-code.js';
import type { Terminal } from './terminal.js';

/** An option of a command. */
export interface CommandOption {
  /** Stands for its value in help; an option without one is a switch. */
  readonly value?: string;
  readonly about: string;
}

/** What a command was given. */
export interface CommandInput {
  /** One for each name in `operands` that was given. */
  readonly operands: readonly string[];
  /** Values of options, by name; of a switch an empty text. */
  readonly options: ReadonlyMap<string, string>;
  readonly terminal: Terminal;
}

/** One command of the program, as help, the reference page and the parser know it. */
export interface Command {
  readonly name: string;
  /** One sentence. */
  readonly about: string;
  /** Names of what it needs, in order. */
  readonly operands: readonly string[];
  readonly options: Readonly<Record<string, CommandOption>>;
  /** Exit codes that mean something else than usual. */
  readonly exits?: Readonly<Partial<Record<ExitCode, string>>>;
  run(input: CommandInput): Promise<ExitCode>;
}

/** Commands that share the first word. */
export interface CommandGroup {
  readonly name: string;
  readonly about: string;
  readonly commands: readonly Command[];
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { ScenarioName } from './scenarios.js';

/** `plain` has no package, `undecided` decorators alone, `off` a configuration that is off, `traced` two destinations. */
export type Kind = 'plain' | 'undecided' | 'off' | 'traced';

/** With nobody who listens, and with destinations. */
export const DECORATED: readonly Kind[] = ['undecided', 'traced'];

/** How a program ended, and what it said. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a program is run. */
export interface Circumstances {
  readonly flags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Sent when the program has said `ready`. */
  readonly signal?: NodeJS.Signals;
  readonly node?: string;
  readonly program?: string;
  /** In place of the scenario. */
  readonly args?: readonly string[];
}

// Frames of the package stand between those of the program, and V8 forgets where an error was thrown when somebody has
// read its stack, as an exception event does. The number of a process is its own, and what stays behind is said.
function comparable(stderr: string): string {
  return stderr
    .replaceAll(/^\n?(?:file:\/\/|node:)\S+:\d+\n.*\n *\^+\n\n?/gm, '')
    .replaceAll(/^spanwright: the process ends with .*\n/gm, '')
    .replaceAll(/^ +at .*\n/gm, '')
    .replaceAll(/\(node:\d+\)/g, '(node)')
    .replaceAll(/^Node\.js v.*$/gm, 'Node.js');
}

/** Runs a scenario in a process of its own, without the variables of whoever runs the specs. */
export async function run(kind: Kind, scenario: ScenarioName, how: Circumstances = {}): Promise<Ending> {
  const program = how.program ?? fileURLToPath(new URL('program.js', import.meta.url));
  const { PATH = '', NODE_V8_COVERAGE } = process.env;
  const child = spawn(how.node ?? process.execPath, [...(how.flags ?? []), program, ...(how.args ?? [scenario])], {
    env: { PATH, KIND: kind, ...(NODE_V8_COVERAGE === undefined ? {} : { NODE_V8_COVERAGE }), ...how.env },
    stdio: 'pipe',
    timeout: 15_000,
    killSignal: 'SIGKILL',
  });
  const { signal } = how;
  if (signal !== undefined) child.stdout.once('data', () => child.kill(signal));
  // Without an input the pipe stays open: nothing of ours may wait for its end.
  if (how.input !== undefined) child.stdin.end(how.input);
  const [stdout, stderr, [code, by]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>,
  ]);
  child.stdin.destroy();
  return { code, signal: by, stdout, stderr: comparable(stderr) };
}

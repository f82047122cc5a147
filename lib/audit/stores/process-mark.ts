import fs from 'node:fs';

/** What tells a process from others, also from a later one with its number. */
export interface ProcessMark {
  readonly pid: number;
  /** Ticks from the start of the machine to the start of the process. */
  readonly started: string;
  /** Start of the machine. */
  readonly boot: string;
  /** Where its number counts: a container has numbers of its own. */
  readonly namespace: string;
}

/** The mark of this process. */
export function readProcessMark(): ProcessMark {
  return { pid: process.pid, started: startOf(process.pid), boot: readBoot(), namespace: readNamespace() };
}

/** Whether the process of a mark is there; of one that cannot be seen from here it is assumed. */
export function isSameProcess(mark: unknown): boolean {
  if (typeof mark !== 'object' || mark === null) return false;
  const { pid, started, boot, namespace } = mark as Partial<Record<keyof ProcessMark, unknown>>;
  if (typeof pid !== 'number' || boot !== readBoot()) return false;
  if (namespace !== readNamespace()) return true;
  const now = startOf(pid);
  return now !== '' && now === started;
}

function startOf(pid: number): string {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name of the program is in parentheses and may hold spaces.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function readBoot(): string {
  return readText('/proc/sys/kernel/random/boot_id');
}

function readNamespace(): string {
  try {
    return fs.readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}

function readText(path: string): string {
  try {
    return fs.readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}

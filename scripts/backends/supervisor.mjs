// Runs a program as long as its standard input is open, so that it ends with whoever started it, however that one ended.
// Usage: node supervisor.mjs <milliseconds until it is killed> <command> [arguments]
import { spawn } from 'node:child_process';

const [graceMs, command, ...args] = process.argv.slice(2);
// A group of its own: servers start workers, and those must end too.
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], detached: true });
child.on('error', (error) => {
  console.error(error.message);
  process.exit(127);
});
child.on('exit', (status, signal) => {
  signalGroup('SIGKILL');
  process.exit(signal === null ? (status ?? 1) : 128);
});

function signalGroup(signal) {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  } catch {
    // The group is gone, which is what was wanted.
  }
}

function stop() {
  signalGroup('SIGTERM');
  setTimeout(() => signalGroup('SIGKILL'), Number(graceMs));
}

process.stdin.resume().on('end', stop).on('error', stop);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);

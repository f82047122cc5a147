import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { verify } from '#lib/audit/read/verify.js';

const VERIFIER = 'spec/audit/verifier/verify.py';

async function exitOfPython(directory: string): Promise<{ code: number | null; output: string }> {
  const child = spawn('python3', [VERIFIER, directory], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: child.exitCode, output: output + errors };
}

/** Asks both verifiers about a ledger and tells where they say otherwise than expected, or than each other. */
export async function verdictFaults(directory: string, exits: readonly number[]): Promise<string[]> {
  const report = await verify(directory, { payloads: true });
  // The second verifier looks at the evidence and at no payload: that of an intent nobody was told of may be lost.
  const evidence = await verify(directory);
  const python = await exitOfPython(directory);
  const worst = report.problems.find(({ severity }) => severity !== 'incomplete');
  return [
    ...(exits.includes(report.exitCode)
      ? []
      : [`verified with ${report.exitCode}: ${JSON.stringify(worst ?? report)}`]),
    ...(python.code === evidence.exitCode
      ? []
      : [`verified with ${evidence.exitCode} here and ${python.code} in Python: ${python.output.slice(0, 500)}`]),
  ];
}

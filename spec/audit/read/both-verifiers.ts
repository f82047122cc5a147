import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { type Interface, createInterface } from 'node:readline';

import { expect } from 'chai';

import { verify } from '#lib/audit/read/verify.js';
import type { VerifyOptions, VerifyReport } from '#lib/audit/read/verify-report.js';

/** What both verifiers say. */
export interface Verdict {
  readonly exitCode: number;
  /** Writer, number and code of the first entry that was tampered with. */
  readonly firstBroken: string | undefined;
  /** The same of every problem. */
  readonly problems: readonly string[];
  /** Entries that hold. */
  readonly entries: number;
}

interface Place {
  readonly wid?: string;
  readonly wseq?: number;
  readonly code: string;
  readonly file?: string;
  readonly offset?: number;
}

interface Found {
  readonly exitCode: number;
  readonly entries: number;
  readonly firstBroken?: Place | undefined;
  readonly problems: readonly Place[];
}

interface PythonReport {
  readonly exitCode: number;
  readonly entries: number;
  readonly firstBroken: Place | null;
  readonly problems: readonly Place[];
}

/** Whether the machine has the Python that the second verifier runs in. */
export function hasPython(): boolean {
  return spawnSync('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 8))']).status === 0;
}

/** The second verifier in a process of its own, which is asked many times. */
export class PythonVerifier {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: Interface;
  readonly #waiting: ((line: string) => void)[] = [];

  constructor() {
    this.#child = spawn('python3', ['-B', resolve('spec/audit/verifier/serve.py')]);
    this.#child.stderr.pipe(process.stderr);
    this.#lines = createInterface({ input: this.#child.stdout });
    this.#lines.on('line', (line) => this.#waiting.shift()?.(line));
    this.#lines.on('close', () => {
      for (const answer of this.#waiting.splice(0)) answer('null');
    });
  }

  async ask(directory: string, options: VerifyOptions = {}): Promise<Verdict> {
    const answer = new Promise<string>((done) => {
      this.#waiting.push(done);
    });
    this.#child.stdin.write(`${JSON.stringify({ directory, payloads: options.payloads === true })}\n`);
    const report = JSON.parse(await answer) as PythonReport | null;
    if (report === null) throw new Error('the second verifier is gone');
    return toVerdict({ ...report, firstBroken: report.firstBroken ?? undefined });
  }

  async stop(): Promise<void> {
    const ended = new Promise((done) => {
      this.#child.once('close', done);
    });
    this.#child.stdin.end();
    await ended;
  }
}

/** Asks the first verifier. */
export async function askOurs(directory: string, options: VerifyOptions = {}): Promise<Verdict> {
  const report: VerifyReport = await verify(directory, options);
  return toVerdict(report);
}

/** Asks both and gives what they agree on. */
export async function askBoth(
  python: PythonVerifier,
  directory: string,
  options: VerifyOptions = {},
): Promise<Verdict> {
  const theirs = python.ask(directory, options);
  const ours = await askOurs(directory, options);
  expect(ours).deep.equal(await theirs);
  return ours;
}

function toVerdict(report: Found): Verdict {
  const { exitCode, firstBroken, problems, entries } = report;
  return { exitCode, firstBroken: firstBroken && toText(firstBroken), problems: problems.map(toText), entries };
}

function toText({ wid, wseq, code, file, offset }: Place): string {
  return wid === undefined || wid === '' ? code : `${wid} ${wseq} ${code} ${file}@${offset}`;
}

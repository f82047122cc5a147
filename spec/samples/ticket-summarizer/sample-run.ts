import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

// Through this type tsc compiles the entry beside the specs; it runs in a process of its own.
import type { ExitCode } from '../../../samples/ticket-summarizer/main.js';
import { RecordedTrace } from './recorded-trace.js';

const MAIN = fileURLToPath(new URL('../../../samples/ticket-summarizer/main.js', import.meta.url));

const SETTINGS = /^(OPENAI|AZURE_OPENAI|GEMINI|GOOGLE|ANTHROPIC|OPENROUTER|OLLAMA|SPANWRIGHT|OTEL|ENVIRONMENT)/;

/** Long enough for a run of the sample on a busy machine. */
export const RUN_TIMEOUT_MS = 60_000;

export interface SampleResult {
  readonly ticket_id: string;
  readonly synthesis: Readonly<Record<string, string>> | null;
  readonly categorization?: Readonly<Record<string, string>>;
  readonly diagnostics?: Readonly<Record<string, string>>;
  readonly error?: string;
}

/** A folder of its own for the files of a suite's runs; `dispose` removes it. */
export class SampleFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'ticket-summarizer-'));

  write(name: string, content: string | Buffer): string {
    const path = join(this.path, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  }

  dispose(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** What one run of the sample printed and wrote. */
export interface SampleRun {
  /** `null` after a signal. */
  readonly exitCode: ExitCode | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly results: readonly SampleResult[];
  readonly hasResults: boolean;
  readonly hasTrace: boolean;
  readonly trace: RecordedTrace;
}

/** Runs the compiled sample as a user would, without the settings of this machine. */
export async function runSample(
  folder: SampleFolder,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<SampleRun> {
  const output = mkdtempSync(join(folder.path, 'out-'));
  const inherited = Object.entries(process.env).filter(([name]) => !SETTINGS.test(name));
  const child = spawn(process.execPath, [MAIN, '--output', output, ...args], {
    env: { ...Object.fromEntries(inherited), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  const resultsPath = join(output, 'results.json');
  const tracePath = join(output, 'trace.jsonl');
  return {
    exitCode: child.exitCode as ExitCode | null,
    stdout,
    stderr,
    results: existsSync(resultsPath) ? (JSON.parse(readFileSync(resultsPath, 'utf8')) as SampleResult[]) : [],
    hasResults: existsSync(resultsPath),
    hasTrace: existsSync(tracePath),
    get trace() {
      return new RecordedTrace(tracePath);
    },
  };
}

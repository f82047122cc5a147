import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProgram } from '../../scenarios/run-program.js';
import type { Canary } from './canary-classes.js';
import { LeakSearch } from './find-leaks.js';
import type { Home, LeakPlan, Tier } from './leak-plan.js';
import { configuredCanaries, variablesOf } from './leak-options.js';
import { trialsOf } from './leak-plan.js';
import { NATIONAL_CANARIES } from './national-canaries.js';
import type { Evidence } from './leak-program.js';
import { PLACES } from './places/all-places.js';
import { RawReceiver } from './raw-receiver.js';
import type { Trial } from './trial.js';

/** A canary that left, and where it was found. */
export interface Leak {
  readonly kind: string;
  readonly sensitivity: Canary['sensitivity'];
  readonly place: string;
  readonly decorator: string;
  readonly outcome: string;
  readonly where: string;
  readonly tier: string;
  readonly form: string;
  readonly excerpt: string;
}

/** What a run of the check gathered. */
export interface CheckedRun {
  readonly leaks: readonly Leak[];
  readonly trials: readonly Trial[];
  readonly evidence: readonly Found[];
}

/** Something that left the process. */
export interface Found {
  readonly where: string;
  readonly tier: string;
  readonly content: Uint8Array | string;
}

/** The tiers at which no canary may leave. */
export const STRICT_TIERS: readonly Tier[] = ['none', 'digest', 'redacted'];

const DEFAULTS = { tiers: STRICT_TIERS, seed: 1, least: 0, step: 1, part: 0, parts: 1, isHarmless: false };

const PROGRAM = fileURLToPath(new URL('leak-program.js', import.meta.url));
const HOST = "the host's own exporter";

async function gather(plan: LeakPlan, receiver: RawReceiver): Promise<Found[]> {
  const { status, output, errors } = await runProgram(process.cwd(), [PROGRAM, JSON.stringify(plan)], {
    env: variablesOf(plan.seed),
  });
  if (status !== 0)
    throw new Error(`the program ended with ${status}:\n${output.slice(-2000)}\n${errors.slice(-4000)}`);
  const files = await readdir(plan.folder);
  const inside = JSON.parse(await readFile(join(plan.folder, 'evidence.json'), 'utf8')) as Evidence[];
  return [
    { where: 'stdout', tier: '', content: output },
    { where: 'stderr', tier: '', content: errors },
    ...inside.map(({ where, tier, text }) => ({ where, tier, content: text })),
    ...receiver.requests.map(({ path, body }) => {
      const [, name = '', tier = ''] = path.split('/');
      return { where: name === 'host' ? HOST : `otlp ${name}`, tier: tier === 'v1' ? '' : tier, content: body };
    }),
    ...(await Promise.all(
      files
        .filter((name) => name.endsWith('.jsonl'))
        .map(async (name) => ({
          where: 'file',
          tier: name.replace('.jsonl', ''),
          content: await readFile(join(plan.folder, name)),
        })),
    )),
  ];
}

// An application that configures nothing of ours has no patterns and no packs.
const isConfigured = (kind: string): boolean => kind === 'pattern' || kind in NATIONAL_CANARIES;

const GIVEN = new Set(PLACES.filter(({ isGiven }) => isGiven).map(({ title }) => title));

function leaksIn(plan: LeakPlan, trials: readonly Trial[], evidence: readonly Found[]): Leak[] {
  const search = new LeakSearch<Canary & Partial<Trial>>([...trials, ...Object.values(configuredCanaries(plan.seed))]);
  return evidence.flatMap(({ where, tier, content }) =>
    search
      .search(content)
      .filter(({ canary }) => where !== HOST || !GIVEN.has(canary.place ?? ''))
      .filter(({ canary }) => plan.home !== 'host' || !isConfigured(canary.kind))
      .map(({ canary, form, excerpt }) => ({
        kind: canary.kind,
        sensitivity: canary.sensitivity,
        place: canary.place ?? '',
        decorator: canary.decorator ?? '',
        outcome: canary.fails === true ? 'failure' : 'success',
        where,
        tier,
        form,
        excerpt,
      })),
  );
}

/** Runs the calls of a plan in a process of its own and searches all that came out of it. */
export async function checkLeaks(home: Home, options: Partial<LeakPlan> = {}): Promise<CheckedRun> {
  const folder = await mkdtemp(join(tmpdir(), 'spanwright-leaks-'));
  const receiver = await new RawReceiver().start();
  try {
    const plan: LeakPlan = { ...DEFAULTS, ...options, home, authority: receiver.authority, folder };
    const trials = trialsOf(plan);
    const evidence = await gather(plan, receiver);
    return { leaks: leaksIn(plan, trials, evidence), trials, evidence };
  } finally {
    await receiver.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Leaks as lines, alike ones together, so that a report can be read. */
export function reportOf(leaks: readonly Leak[]): string[] {
  const groups = new Map<string, Leak[]>();
  for (const leak of leaks) {
    const key = `${leak.place} → ${leak.where}${leak.tier === '' ? '' : ` at ${leak.tier}`}`;
    groups.set(key, [...(groups.get(key) ?? []), leak]);
  }
  return Array.from(groups, ([key, group]) => {
    const list = (of: (leak: Leak) => string): string => Array.from(new Set(group.map(of))).join(', ');
    const calls = list(({ decorator, outcome }) => `${decorator} ${outcome}`);
    const { form = '', excerpt = '' } = group[0] ?? {};
    return `${key}: ${group.length} × ${list(({ kind }) => kind)} (${calls}); ${form}: ${JSON.stringify(excerpt)}`;
  });
}

import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect } from 'chai';

import { placements } from '../../calls/lifecycle/fixtures/placements.js';
import type { TracingState } from '../../calls/states/state.js';
import { InstalledPackage } from '../../package/installed-package.js';

/** This compilation of the specs, in the decorator mode of the spec that runs. */
const COMPILED = fileURLToPath(new URL('../../..', import.meta.url));
const NEEDED = ['spec/calls', 'spec/testing', 'spec/collected-warnings.js', 'samples/ticket-summarizer/offline'];
const REPORT = 'report.json';

/** The folders of `spec/calls` that run in every state. */
export const SUITES = ['lifecycle', 'states', 'differential'];

/** Fewer would say that a part of the table was not found. */
const LEAST_CASES = 200;

/** Which specs of these to run: all, or the table in the states named alone. */
export interface Selection {
  /** Values of `SPEC_STATES` and `SPEC_PLACEMENTS`. */
  readonly environment: Readonly<Record<string, string>>;
  /** Leaves out what belongs to no state. */
  readonly only?: readonly TracingState[];
}

/** What mocha found. */
export interface Findings {
  readonly passed: number;
  readonly pending: number;
  /** Titles and messages. */
  readonly failed: readonly string[];
  /** Cases of the table that passed, by state and placement. */
  readonly cases: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

interface Report {
  readonly stats: { readonly passes: number; readonly pending: number };
  readonly passes: readonly { readonly fullTitle: string }[];
  readonly failures: readonly { readonly fullTitle: string; readonly err: { readonly message?: string } }[];
}

/** Puts the compiled specs of `spec/calls` into an application that has the package installed. */
export function placeSpecs(folder: string): void {
  for (const path of NEEDED) cpSync(join(COMPILED, path), join(folder, path), { recursive: true });
  // An entry of `imports` may not point into node_modules.
  symlinkSync('node_modules/spanwright/dist/esm', join(folder, 'lib'), 'dir');
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as object;
  const imports = { '#lib/*': './lib/*' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...manifest, type: 'module', imports }));
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

/** Arguments of Node that run the specs in a folder with its mocha; `readFindings` reads what came of it. */
export function mochaArguments(folder: string, { environment, only }: Selection): string[] {
  writeFileSync(join(folder, 'choose.mjs'), `Object.assign(process.env, ${JSON.stringify(environment)});\n`);
  const mocha = ['node_modules/mocha/bin/mocha.js', '--no-config', '--timeout', '10000'];
  const report = ['--reporter', 'json', '--reporter-option', `output=${REPORT}`];
  const grep = only === undefined ? [] : ['--grep', only.map(({ title }) => escaped(title)).join('|')];
  const specs = SUITES.map((suite) => `spec/calls/${suite}/*.spec.js`);
  return ['--expose-gc', '--import', './choose.mjs', ...mocha, ...report, ...grep, ...specs];
}

function countCases(titles: readonly string[], states: readonly TracingState[]): Findings['cases'] {
  const counted = states.map((state) => {
    const row = placements.map(({ title }) => {
      const scene = ` ${state.title} of ${title} `;
      return [title, titles.filter((one) => one.includes(scene)).length] as const;
    });
    return [state.id, Object.fromEntries(row)] as const;
  });
  return Object.fromEntries(counted);
}

/** A process where the API alone is installed: the packed package, what it requires, and what the specs need to run. */
export function installWithoutSdk(): InstalledPackage {
  const installed = new InstalledPackage({ peers: 'required' });
  for (const name of ['mocha', 'chai', 'fast-check', 'openai', 'reflect-metadata', 'rxjs']) installed.link(name);
  placeSpecs(installed.folder);
  return installed;
}

/** Reads what mocha wrote in a folder; throws when it wrote nothing. */
export function readFindings(folder: string, states: readonly TracingState[]): Findings {
  const { stats, passes, failures } = JSON.parse(readFileSync(join(folder, REPORT), 'utf8')) as Report;
  return {
    passed: stats.passes,
    pending: stats.pending,
    failed: failures.map(({ fullTitle, err }) => `${fullTitle}: ${err.message ?? ''}`),
    cases: countCases(
      passes.map(({ fullTitle }) => fullTitle),
      states,
    ),
  };
}

/** How many cases ran in each scene that was played: numbers that are all the same when each got the whole table. */
function sizesOf(cases: Findings['cases']): number[] {
  return Object.values(cases)
    .flatMap((row) => Object.values(row))
    .filter((count) => count > 0);
}

/** Fails unless every state played the whole table in some placement, and nothing was left out. */
export function expectEveryState({ cases, pending }: Findings, states: readonly TracingState[]): void {
  const sizes = sizesOf(cases);
  expect(pending, 'left out').equal(0);
  expect(Object.keys(cases), 'states').deep.equal(states.map(({ id }) => id));
  for (const [id, row] of Object.entries(cases)) expect(Math.max(...Object.values(row)), id).greaterThan(LEAST_CASES);
  expect([...new Set(sizes)], 'cases in each scene').length(1);
}

/** The same, and each of them in every placement. */
export function expectFullTable(findings: Findings, states: readonly TracingState[]): void {
  expectEveryState(findings, states);
  expect(sizesOf(findings.cases), 'scenes').length(states.length * placements.length);
}

import { resolve } from 'node:path';
import type { Ledger, LedgerOptions } from '../audit/ledger.js';
import { isLedger, OFF_IN_CODE } from './audit-checks.js';
import type { AuditOptions } from './audit-options.js';
import type { CheckedOptions } from './check.js';
import { isPath } from './option-checks.js';
import { printValue } from './problems.js';
import type { Resolution } from './resolution.js';

/** Where audited calls are recorded; absent in a configuration that says nothing. */
export type ResolvedAudit =
  | { readonly kind: 'off' }
  | { readonly kind: 'own'; readonly ledger: Ledger }
  | {
      readonly kind: 'directory';
      readonly options: LedgerOptions;
      readonly actor?: AuditOptions['actor'];
    };

const PATH = ['audit'];
const DIRECTORY = 'SPANWRIGHT_AUDIT_DIRECTORY';
const SWITCH = 'SPANWRIGHT_AUDIT';
const OFF_WORDS = new Set(['false', '0', 'off', 'no', 'none', 'disabled']);
const KEYS = [
  'keys',
  'level',
  'deadlineMs',
  'maxQueue',
  'maxQueueBytes',
  'maxPayloadBytes',
  'minFreeBytes',
  'onOutcomeLost',
  'actor',
] as const;

function readDirectory(resolution: Resolution): string | undefined {
  const text = resolution.variable(DIRECTORY);
  if (text === undefined) return undefined;
  const isFolder = isPath(text) && !OFF_WORDS.has(text.toLowerCase());
  return isFolder ? text : resolution.complain(DIRECTORY, PATH, text, 'the folder of a ledger', OFF_IN_CODE);
}

// People will try it: a switch that does nothing would be a promise that nobody keeps.
function refuseSwitch(resolution: Resolution): void {
  const text = resolution.variable(SWITCH);
  if (text === undefined) return;
  const hint = OFF_WORDS.has(text.toLowerCase()) ? OFF_IN_CODE : `name its folder as ${DIRECTORY}`;
  resolution.complain(SWITCH, PATH, text, 'no such variable', hint);
}

// Each option by itself: a function can be given in code alone, beside a folder that the file names.
function pickRest(resolution: Resolution, code: AuditOptions, file: AuditOptions): AuditOptions {
  const pick = <K extends keyof AuditOptions>(key: K): Pick<AuditOptions, K> => {
    const value = resolution.pick<NonNullable<AuditOptions[K]>>(
      ['audit', key],
      [
        ['code', () => code[key] ?? undefined],
        ['file', () => file[key] ?? undefined],
      ],
    );
    return (value === undefined ? {} : { [key]: value }) as Pick<AuditOptions, K>;
  };
  return Object.assign({}, ...KEYS.map(pick)) as AuditOptions;
}

function optionsOf(value: CheckedOptions['audit']): AuditOptions {
  return typeof value === 'object' && !isLedger(value) ? value : {};
}

function sayMissing({ problems, variableProblems }: Resolution, code: CheckedOptions): undefined {
  const path = 'audit.directory';
  // One that was given and is not allowed was said already.
  if ([...problems, ...variableProblems].some((one) => one.path === path || one.path === 'audit')) return undefined;
  const source = code.audit === undefined ? 'file' : 'code';
  problems.push({ path, got: printValue(undefined), expected: 'the folder of the ledger', source });
  return undefined;
}

/** Resolves where audited calls are recorded. Nothing but code switches it off; no kill switch is asked. */
export function resolveAudit(
  resolution: Resolution,
  code: CheckedOptions,
  file: CheckedOptions,
): ResolvedAudit | undefined {
  refuseSwitch(resolution);
  const variable = readDirectory(resolution);
  if (code.audit === false) return { kind: 'off' };
  if (isLedger(code.audit)) return { kind: 'own', ledger: code.audit };
  const [inCode, inFile] = [optionsOf(code.audit), optionsOf(file.audit)];
  const isAsked = code.audit !== undefined || file.audit !== undefined || variable !== undefined;
  if (!isAsked) return undefined;
  const directory = resolution.pick(
    ['audit', 'directory'],
    [
      ['code', () => inCode.directory],
      [DIRECTORY, () => variable],
      ['file', () => inFile.directory],
    ],
  );
  const { actor, keys, ...rest } = pickRest(resolution, inCode, inFile);
  if (directory === undefined) return sayMissing(resolution, code);
  const folders = {
    directory: resolve(resolution.cwd, directory),
    ...(keys === undefined ? {} : { keys: resolve(resolution.cwd, keys) }),
  };
  return { kind: 'directory', options: { ...rest, ...folders }, ...(actor === undefined ? {} : { actor }) };
}

/** Says of a configuration that is not the process's that it takes no ledger. */
export function refuseAudit(resolution: Resolution, code: CheckedOptions): undefined {
  if (code.audit === undefined) return undefined;
  resolution.problems.push({
    path: 'audit',
    got: printValue(code.audit),
    expected: 'nothing here',
    source: 'code',
    hint: 'the ledger is of the process: give it to configureTracing',
  });
  return undefined;
}

/** An audit choice as it can be shown: functions and ledgers by a word. */
export function printAudit(audit: ResolvedAudit): unknown {
  if (audit.kind !== 'directory') return audit.kind === 'own' ? 'own' : false;
  const { onOutcomeLost, clean: _clean, ...options } = audit.options;
  return {
    ...options,
    ...(onOutcomeLost && { onOutcomeLost: 'own' }),
    ...(audit.actor && { actor: 'own' }),
  };
}

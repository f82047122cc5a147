import { cpSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { application, nodeOf } from '#scripts/projects.mjs';
import type { SeenWarning } from '../../collected-warnings.js';
import { runForJson } from '../run-program.js';

/** A span as a program of spec/projects/hosts prints it; `id` is unique, `service` that of its resource. */
export interface PrintedSpan {
  readonly name: string;
  readonly id: string;
  readonly parent?: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly service?: string;
}

/** What arrived at the application's own exporter and at ours, and what was said. */
export interface Printed {
  readonly host: readonly PrintedSpan[];
  readonly ours: readonly PrintedSpan[];
  readonly warnings: readonly SeenWarning[];
  /** Standard error. */
  readonly errors: string;
}

/** An application of spec/projects with the programs that all hosts share. */
export class HostApplication {
  readonly folder: string;

  constructor(name: string) {
    this.folder = application(name);
    cpSync(resolve('spec/projects/hosts'), this.folder, { recursive: true });
  }

  run<More = unknown>(
    node: number,
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<Printed & More> {
    return runForJson<Printed & More>(this.folder, args, { node: nodeOf(node), env });
  }

  path(...parts: readonly string[]): string {
    return join(this.folder, ...parts);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The names of spans in the order of their ends. */
export function namesOf(spans: readonly PrintedSpan[]): string[] {
  return spans.map(({ name }) => name);
}

/** The ids of spans, sorted, for comparing what two sides got. */
export function idsOf(spans: readonly PrintedSpan[]): string[] {
  return spans.map(({ id }) => id).toSorted();
}

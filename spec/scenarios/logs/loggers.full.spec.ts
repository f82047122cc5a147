import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { application } from '#scripts/projects.mjs';
import { expect } from 'chai';

import { readBlocks } from '../../docs/blocks.js';

interface Line {
  readonly trace_id?: string;
  readonly span_id?: string;
  readonly trace_flags?: string;
  readonly ticket?: string;
  readonly message?: { readonly ticket: string } | string;
}

interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[];
}

interface OtlpRequest {
  readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: readonly OtlpSpan[] }[] }[];
}

function parseLines<T>(text: string): T[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}

function ticketOf({ ticket, message }: Line): string | undefined {
  return ticket ?? (typeof message === 'object' ? message.ticket : undefined);
}

function idsByTicket(trace: string): Map<string, { traceId: string; spanId: string }> {
  const spans = parseLines<OtlpRequest>(trace)
    .flatMap(({ resourceSpans }) => resourceSpans)
    .flatMap(({ scopeSpans }) => scopeSpans)
    .flatMap((scope) => scope.spans);
  return new Map(
    spans.map(({ traceId, spanId, attributes }) => [
      attributes.find(({ key }) => key === 'ticket.id')?.value.stringValue ?? '',
      { traceId, spanId },
    ]),
  );
}

describe('the loggers of the guide', function () {
  this.timeout(180_000);
  const blocks = readBlocks('docs/guide/logging.md').filter(({ language }) => language === 'typescript');
  let folder = '';

  before(() => {
    folder = application('loggers');
    for (const [index, { text }] of blocks.entries()) writeFileSync(join(folder, `program-${index}.ts`), text);
    execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', '.'], { cwd: folder, stdio: 'pipe' });
  });

  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  for (const [index, logger] of ['pino', 'winston', '@nestjs/common'].entries()) {
    it(`put the ids of its own call on each line, and none outside: ${logger}`, () => {
      expect(blocks[index]?.text).include(`from '${logger}'`);
      rmSync(join(folder, 'trace.jsonl'), { force: true });
      const output = execFileSync(process.execPath, [`out/program-${index}.js`], { cwd: folder, encoding: 'utf8' });
      const lines = parseLines<Line>(output);
      const ids = idsByTicket(readFileSync(join(folder, 'trace.jsonl'), 'utf8'));
      expect(lines).length(7);
      expect(ids.size).equal(3);
      for (const line of lines) {
        const { traceId, spanId } = ids.get(ticketOf(line) ?? 'none') ?? {};
        expect([line.trace_id, line.span_id]).deep.equal([traceId, spanId]);
        expect(line.trace_flags).equal(spanId === undefined ? undefined : '01');
      }
      expect(lines.filter((line) => line.span_id === undefined)).length(1);
    });
  }
});

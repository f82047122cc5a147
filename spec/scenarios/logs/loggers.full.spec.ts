import { expect } from 'chai';

import { nodeOf } from '#scripts/projects.mjs';

import { readBlocks } from '../../docs/blocks.js';
import type { Line, LoggedSpan } from './log-application.js';
import { linesOf, LogApplication } from './log-application.js';

const CALLS = 50;
const SPANS = ['close', 'mail', 'parts'];
const LINES_OF_A_CALL = ['close', 'close', 'close', 'close', 'close', 'mail', 'mail', 'parts'];
const FIELDS = ['trace_id', 'span_id', 'trace_flags'] as const;
// Node 24 keeps contexts in another way than 20 and 22.
const NODES = [
  ['this Node', () => process.execPath],
  ['Node 24', () => nodeOf(24)],
] as const;
const LOGGED = ['typescript', 'text'];
const LOGGERS = ['pino', 'winston', 'nest-12', 'nest-11'];

// Behind a file winston's lines wait for their turn.
const WINSTON_TO_FILE = `
import winston from 'winston';
import { logger } from '../winston/logger.js';

logger.clear().add(new winston.transports.File({ filename: process.env['LOG_FILE'] ?? '' }));
export { logger };
`;

const blocks = readBlocks('docs/guide/logging.md');

/** The block of the page that holds a text, and what is shown below it. */
function blockWith(text: string): { readonly program: string; readonly shown: string } {
  const index = blocks.findIndex((block) => block.language === 'typescript' && block.text.includes(text));
  return { program: blocks[index]?.text ?? expect.fail(`no block with ${text}`), shown: blocks[index + 1]?.text ?? '' };
}

/** Ids, times and process ids as their first, second … value in a text. */
function withoutChance(text: string): string {
  const seen = new Map<string, string>();
  return text
    .replaceAll(/"(?:time|timestamp|pid)":\d+/g, (found) => found.replace(/\d+/, '0'))
    .replaceAll(/(?<=_id":")[0-9a-f]{16,32}(?=")/g, (id) => {
      const name = seen.get(id) ?? `${id.length} hex digits, number ${seen.size}`;
      seen.set(id, name);
      return name;
    });
}

function textOf(line: Line): string {
  return String(line['msg'] ?? line['message']);
}

function fieldsOf(line: Line): unknown[] {
  return FIELDS.map((field) => line[field]);
}

/** What a line of the crowd says of itself, with its ids. */
interface CallLine {
  readonly number: number;
  readonly span: string;
  readonly fields: unknown[];
}

/** The lines of the calls, in number and kind as the crowd says them; those outside of a call have no field of ours. */
function callLinesOf(log: string): CallLine[] {
  const lines = linesOf(log);
  const outside = lines.filter((line) => textOf(line) === 'outside');
  expect(outside).to.have.lengthOf(3);
  for (const line of outside) expect(line).to.not.have.any.keys(...FIELDS);
  const said = lines
    .filter((line) => !outside.includes(line))
    .map((line) => {
      const [number = '', span = ''] = textOf(line).split(' ');
      return { number: Number(number), span, fields: fieldsOf(line) };
    });
  for (let number = 0; number < CALLS; number++) {
    const own = said.filter((line) => line.number === number).map(({ span }) => span);
    expect(own.toSorted(), `lines of call ${number}`).to.deep.equal(LINES_OF_A_CALL);
  }
  return said;
}

function expectIdsOf(lines: readonly CallLine[], spans: readonly LoggedSpan[]): void {
  expect(spans).to.have.lengthOf(CALLS * SPANS.length);
  expect(new Set(spans.map(({ traceId }) => traceId))).to.have.property('size', CALLS);
  for (const { number, span, fields } of lines) {
    const own = spans.find(({ name, attributes }) => name === span && attributes['number'] === number);
    expect(fields, `${number} ${span}`).to.deep.equal([own?.traceId, own?.spanId, '01']);
  }
}

describe('log lines of pino, winston and NestJS', function () {
  this.timeout(180_000);
  let app: LogApplication;
  const desk = blockWith("from './logger.js'").program;
  const shown = new Map<string, string>();

  function add(name: string, logger: string): void {
    app.add(name, { 'logger.ts': logger, 'desk.ts': desk });
  }

  before(() => {
    app = new LogApplication();
    for (const [name, text] of [
      ['pino', "from 'pino'"],
      ['winston', "from 'winston'"],
      ['nest-12', "from '@nestjs/common'"],
    ] as const) {
      const block = blockWith(text);
      shown.set(name, block.shown);
      add(name, block.program);
    }
    add('nest-11', blockWith('@nestjs/common').program.replaceAll('@nestjs/common', 'nestjs-common-11'));
    shown.set('nest-11', shown.get('nest-12') ?? '');
    add('winston-to-file', WINSTON_TO_FILE);
    app.compile();
  });
  after(() => app.remove());

  it('have a program for each on the page', () => {
    expect(blocks.map(({ language }) => language)).to.deep.equal(['typescript', ...LOGGED, ...LOGGED, ...LOGGED]);
  });

  for (const name of LOGGERS) {
    it(`are what the page shows: ${name}`, async () => {
      expect(withoutChance(await app.run(`${name}/desk`))).to.equal(withoutChance(shown.get(name) ?? ''));
    });

    for (const [version, node] of NODES) {
      it(`have the ids of their own span in ${CALLS} calls at a time: ${name}, ${version}`, async () => {
        const spans = `${name}.json`;
        const log = await app.run(`${name}/crowd`, { node: node(), args: ['on', spans] });
        expectIdsOf(callLinesOf(log), JSON.parse(app.read(spans)) as LoggedSpan[]);
      });
    }

    it(`have ids in calls that are sampled out: ${name}`, async () => {
      const lines = callLinesOf(await app.run(`${name}/crowd`, { args: ['sampled-out'] }));
      expect(JSON.parse(app.read('spans.json'))).to.deep.equal([]);
      expect(new Set(lines.map(({ fields }) => fields[0]))).to.have.property('size', CALLS);
      const ofSpans = new Map(lines.map(({ number, span, fields }) => [`${number} ${span}`, fields.join()]));
      expect(new Set(ofSpans.values())).to.have.property('size', CALLS * SPANS.length);
      for (const { number, span, fields } of lines) {
        expect(fields.join()).to.match(/^[0-9a-f]{32},[0-9a-f]{16},00$/);
        expect(fields.join(), `${number} ${span}`).to.equal(ofSpans.get(`${number} ${span}`));
      }
    });

    it(`have no ids while tracing is off: ${name}`, async () => {
      const lines = callLinesOf(await app.run(`${name}/crowd`, { args: ['off'] }));
      for (const { fields } of lines) expect(fields).to.deep.equal([undefined, undefined, undefined]);
    });
  }

  it('have the ids of their own span behind a transport that makes them wait: winston to a file', async () => {
    const env = { LOG_FILE: app.path('winston.log') };
    expect(await app.run('winston-to-file/crowd', { args: ['on', 'file.json'], env })).to.equal('');
    expectIdsOf(callLinesOf(app.read('winston.log')), JSON.parse(app.read('file.json')) as LoggedSpan[]);
  });
});

import { expect } from 'chai';

import { parseCommandLine } from '../../../samples/ticket-summarizer/command-line.js';
import { InputError } from '../../../samples/ticket-summarizer/sample-error.js';
import { readTicketRows } from '../../../samples/ticket-summarizer/ticket-rows.js';
import { ERROR, UNSET } from './recorded-trace.js';
import { RUN_TIMEOUT_MS, SampleFolder, runSample } from './sample-run.js';

describe('bad input to the ticket summarizer', function () {
  this.timeout(RUN_TIMEOUT_MS);
  const folder = new SampleFolder();
  after(() => folder.dispose());

  const files: ReadonlyArray<[string, () => string, RegExp]> = [
    ['a file that is not there', () => 'no-such.csv', /cannot read the tickets: .*no-such\.csv/],
    ['a folder', () => folder.path, /cannot read the tickets/],
    ['an empty file', () => folder.write('empty.csv', ''), /empty\.csv is empty/],
    ['a header alone', () => folder.write('header.csv', 'text\n'), /has a header and no tickets/],
    ['JSON', () => folder.write('a.json', '{"text":"x"}'), /a\.json is no ticket CSV: got the header/],
    ['bytes', () => folder.write('a.bin', Buffer.from([0, 255, 10, 34, 1])), /a\.bin is no (ticket )?CSV/],
    ['an open quote', () => folder.write('quote.csv', 'text\n"a\n'), /is no CSV: Quote Not Closed/],
  ];
  for (const [what, path, message] of files) {
    it(`names the file for ${what}`, async () => {
      const error = await readTicketRows(path()).catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(InputError);
      expect((error as InputError).message).to.match(message);
    });
  }

  const flags: ReadonlyArray<[string[], RegExp]> = [
    [['--nope'], /Unknown option '--nope'/],
    [['tickets.csv'], /Unexpected argument 'tickets\.csv'/],
    [['--analysis-type', 'all'], /--analysis-type: got 'all', expected pod, diagnostics, both/],
    [['--limit', '0'], /--limit: got '0', expected a whole number from 1/],
    [['--concurrency', '2.5'], /--concurrency: got '2\.5', expected a whole number from 1/],
    [['--model-provider', 'acme'], /--model-provider: got 'acme', expected offline, openai, azure, gemini, /],
    [['--model', ' '], /--model: got ' ', expected the name of a model/],
    [['--ticket-api', 'localhost'], /--ticket-api: got 'localhost', expected a URL/],
    [['--ticket-api', 'http://a:b@localhost'], /--ticket-api: the URL must hold no credentials/],
  ];
  for (const [argv, message] of flags) {
    it(`names the flag for ${argv.join(' ')}`, () => {
      expect(() => parseCommandLine(argv)).to.throw(InputError, message);
    });
  }

  const stopping: ReadonlyArray<[string, () => string[], RegExp]> = [
    ['a file that is not there', () => ['--input', 'no-such.csv'], /cannot read the tickets/],
    ['an unknown flag', () => ['--nope'], /Unknown option/],
    ['an output that is a file', () => ['--output', folder.write('file', '')], /--output .* cannot be written/],
  ];
  for (const [what, args, message] of stopping) {
    it(`ends with 2 and one line for ${what}`, async () => {
      const run = await runSample(folder, args());
      expect(run.exitCode).to.equal(2);
      expect(run.stderr)
        .to.match(message)
        .and.match(/^ticket-summarizer: [^\n]+\n$/);
      expect(run.hasTrace).to.equal(false);
    });
  }

  it('marks a row without text and does the others', async () => {
    const input = folder.write(
      'rows.csv',
      'text,category\nMy card is lost,cards\n,cards\na,b,c\nTop up failed,top_up\n',
    );
    const run = await runSample(folder, ['--input', input]);
    expect(run.exitCode).to.equal(0);
    expect(run.results.map(({ error }) => error)).to.deep.equal([
      undefined,
      'Phase 1: Fetch Tickets: ticket ticket-2 (serial_no 2) has no text',
      'Phase 1: Fetch Tickets: row 3 has 3 fields, the header has 2',
      undefined,
    ]);
    for (const ticketId of ['ticket-2', 'ticket-3']) {
      const [fetch] = run.trace.ofTicket('fetch_ticket', ticketId);
      expect(fetch).to.include({ status: ERROR });
      expect(fetch?.attributes).to.include({ 'error.type': 'TicketError' });
      expect(fetch?.events.map(({ name }) => name)).to.deep.equal(['exception']);
    }
    expect(run.trace.only('Process Tickets')).to.include({ status: UNSET });
    expect(run.trace.only('Process Tickets').attributes).to.include({ success_count: 2, failed_count: 2 });
  });

  it('prints its flags for --help', async () => {
    const run = await runSample(folder, ['--help']);
    expect(run.exitCode).to.equal(0);
    for (const flag of [
      'input',
      'analysis-type',
      'model-provider',
      'model',
      'exchanges',
      'limit',
      'concurrency',
      'output',
      'ticket-api',
    ]) {
      expect(run.stdout).to.include(`--${flag} `);
    }
  });
});

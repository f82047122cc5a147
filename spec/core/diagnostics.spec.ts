import { diag } from '@opentelemetry/api';
import { expect } from 'chai';
import type { Logger } from 'spanwright';
import { warn, warnOnce } from '#lib/core/diagnostics.js';
import { state } from '#lib/core/state.js';

const WARNING = { code: 'RESULT_FROZEN', message: 'what happened', hint: 'what to do' };
const LINE = 'spanwright: [RESULT_FROZEN] what happened (what to do)';

function stderrDuring(work: () => void): string {
  const { write } = process.stderr;
  let text = '';
  process.stderr.write = (chunk: string): boolean => {
    text += chunk;
    return true;
  };
  try {
    work();
  } finally {
    process.stderr.write = write;
  }
  return text;
}

describe('warn', () => {
  beforeEach(() => state.warned.clear());
  afterEach(() => {
    state.logger = undefined;
    diag.disable();
  });

  it('gives a logger with child() the fields and the message, as pino and winston take them', () => {
    const seen: unknown[][] = [];
    state.logger = { warn: (...args: unknown[]) => seen.push(args), child: () => undefined };
    warn({ ...WARNING, destination: 'phoenix' });
    expect(seen).to.deep.equal([[{ ...WARNING, destination: 'phoenix' }, 'what happened']]);
  });

  it('gives any other logger the fields with the message inside', () => {
    const seen: unknown[][] = [];
    state.logger = { warn: (...args: unknown[]) => seen.push(args) };
    expect(stderrDuring(() => warn(WARNING))).to.equal('');
    expect(seen).to.deep.equal([[WARNING]]);
  });

  it('calls the logger as its own method', () => {
    class Counting implements Logger {
      lines = 0;

      warn(): void {
        this.lines++;
      }
    }
    const logger = new Counting();
    state.logger = logger;
    warn(WARNING);
    expect(logger.lines).to.equal(1);
  });

  it('goes to the diag logger of OpenTelemetry without a logger of ours', () => {
    const lines: string[] = [];
    const note = (line: string): void => {
      lines.push(line);
    };
    diag.setLogger({ error: note, warn: note, info: () => {}, debug: () => {}, verbose: () => {} });
    expect(stderrDuring(() => warn(WARNING))).to.equal('');
    expect(lines).to.deep.equal([LINE]);
  });

  it('goes to stderr without any logger', () => {
    expect(stderrDuring(() => warn(WARNING))).to.equal(`${LINE}\n`);
    expect(stderrDuring(() => warn({ code: 'EXPORT_FAILED', message: 'it is down' }))).to.equal(
      'spanwright: [EXPORT_FAILED] it is down\n',
    );
  });

  it('counts a logger that throws or rejects, and throws nothing', async () => {
    const before = state.guarded['LOGGER_FAILED'] ?? 0;
    state.logger = {
      warn: () => {
        throw new Error('the logger failed');
      },
    };
    warn(WARNING);
    expect(state.guarded['LOGGER_FAILED']).to.equal(before + 1);
    state.logger = { warn: () => Promise.reject(new Error('the transport is down')) };
    warn(WARNING);
    await new Promise(setImmediate);
    expect(state.guarded['LOGGER_FAILED']).to.equal(before + 2);
  });
});

describe('warnOnce', () => {
  afterEach(() => {
    state.logger = undefined;
    state.warned.clear();
  });

  it('says a warning once per code and subject', () => {
    let lines = 0;
    state.logger = { warn: () => lines++ };
    state.warned.clear();
    for (let count = 0; count < 3; count++) {
      warnOnce(WARNING);
      warnOnce(WARNING, 'phoenix');
      warnOnce({ ...WARNING, code: 'EXPORT_FAILED' });
    }
    expect(lines).to.equal(3);
  });
});

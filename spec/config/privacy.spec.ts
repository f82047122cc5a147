import { expect } from 'chai';
import { configureTracing, Traced } from 'spanwright';
import type { Tracing, TracingOptions } from 'spanwright';
import { CollectedWarnings } from '../collected-warnings.js';
import { seenBy } from '../pipeline/projection/all-calls.js';
import type { ConfigError } from '#lib/config/problems.js';
import { Folders } from './resolving.js';
import { withVariables } from './with-variables.js';

const MEMORY: TracingOptions = { destinations: [{ provider: 'memory', content: 'redacted' }] };
const SECRET = 'correct-horse-battery-staple';
const VALUE = {
  patientName: 'Jane Doe',
  employee: 'EMP-123456',
  reference: 'no 536-22-8134',
  deep: { note: 'drop me', kept: 'stays' },
};

const work = Traced.wrap({ name: 'it', args: true }, (_value: object) => 1);

async function argumentsWith(options: TracingOptions): Promise<string> {
  const seen = await seenBy([{ content: 'redacted' }], options, () => work(VALUE));
  return String(seen['memory']?.['it']?.attributes['spanwright.arguments']);
}

function errorOf(options: unknown): ConfigError {
  try {
    void configureTracing(options as TracingOptions).shutdown();
  } catch (error) {
    return error as ConfigError;
  }
  return expect.fail('nothing was thrown');
}

describe('the option privacy', () => {
  const folders = new Folders();
  let warnings: CollectedWarnings;

  beforeEach(() => {
    warnings = new CollectedWarnings();
  });
  afterEach(() => {
    warnings.stop();
    folders.remove();
  });

  const inFile = (options: object): TracingOptions => ({
    configFile: `${folders.make({ 'c.json': JSON.stringify(options) })}/c.json`,
  });

  const PRIVACY = {
    keys: ['patient-name'],
    paths: ['arguments[0].deep.note'],
    patterns: ['EMP-\\d{6}'],
    packs: ['us-ssn'],
  };
  const HIDDEN = {
    patientName: '[REDACTED]',
    employee: '[REDACTED]',
    reference: 'no [REDACTED]',
    deep: { note: '[REDACTED]', kept: 'stays' },
  };

  it('takes keys, paths, patterns and packs in code', async () => {
    expect(JSON.parse(await argumentsWith({ privacy: { ...PRIVACY, patterns: [/EMP-\d{6}/] } }))).to.deep.equal([
      HIDDEN,
    ]);
    expect(await argumentsWith({}))
      .to.contain('Jane Doe')
      .and.contain('EMP-123456')
      .and.contain('drop me');
  });

  it('takes them in a file, with patterns as texts', async () => {
    expect(JSON.parse(await argumentsWith(inFile({ privacy: PRIVACY })))).to.deep.equal([HIDDEN]);
  });

  it('takes what code leaves open from the file', async () => {
    const inTheFile = inFile({ privacy: { keys: ['patientName'], patterns: ['EMP-\\d{6}'] } });
    const shown = await argumentsWith({ ...inTheFile, privacy: { keys: ['note'] } });
    expect(shown).to.contain('Jane Doe').and.contain('stays');
    expect(shown).to.not.contain('EMP-123456');
    expect(shown).to.not.contain('drop me');
  });

  it('takes a function, which sees the path and whose answer goes on', async () => {
    const paths: string[] = [];
    const redact = (value: unknown, path: readonly string[]): unknown => {
      if (path[0] === 'arguments') paths.push(path.join('.'));
      return value === 'stays' ? 'was here' : undefined;
    };
    expect(JSON.parse(await argumentsWith({ privacy: { redact } }))).to.deep.equal([
      { ...VALUE, deep: { note: 'drop me', kept: 'was here' } },
    ]);
    expect(paths).to.include.members(['arguments.0.patientName', 'arguments.0.deep.kept']);
  });

  it('counts a function that throws, replaces the value and leaves the call alone', async () => {
    const before = configureTracing({}).health().guarded['PRIVACY'] ?? 0;
    const redact = (value: unknown): unknown => {
      if (value === 'Jane Doe') throw new Error(`cannot look at ${value}`);
      return undefined;
    };
    const tracing = configureTracing({ ...MEMORY, privacy: { redact }, logger: warnings.logger });
    expect(work(VALUE)).to.equal(1);
    const [span] = tracing.finishedSpans();
    expect(JSON.parse(String(span?.attributes['spanwright.arguments']))).to.deep.equal([
      { ...VALUE, patientName: '[redaction failed]' },
    ]);
    expect(tracing.health().guarded['PRIVACY']).to.be.greaterThan(before);
    expect(JSON.stringify([warnings.seen, tracing.health()])).to.not.contain('Jane');
    await tracing.shutdown();
  });

  it('marks equal values equally with a fingerprintKey, in code and in a file', async () => {
    const privacy = { ...PRIVACY, fingerprintKey: SECRET };
    const marks = [...(await argumentsWith({ privacy })).matchAll(/\[REDACTED:[0-9a-f]{8}\]/g)].map(([mark]) => mark);
    expect(new Set(marks)).to.have.property('size', 4);
    const again = await argumentsWith(inFile({ privacy }));
    for (const mark of marks) expect(again).to.contain(mark);
    expect(await argumentsWith({ privacy: { ...privacy, fingerprintKey: 'another' } })).to.not.contain(marks[0]);
  });

  it('refuses redact in a file, with where it belongs', () => {
    const error = errorOf(inFile({ privacy: { redact: 'mine' } }));
    expect(error.code).to.equal('CONFIG_INVALID');
    expect(error.problems[0]).to.include({ path: 'privacy.redact', got: 'an unknown option', hint: 'give it in code' });
  });

  it('says all that is wrong at once: path, got, expected', () => {
    const privacy = {
      keys: ['fine', 7],
      paths: ['arguments[0].fine', 'a[b'],
      patterns: [/fine-\d{3}/, /(a+)+$/, '(', ''],
      packs: ['us-ssn', 'xx-none'],
      redact: 'mine',
      fingerprintKey: 7,
      unknown: SECRET,
    };
    const error = errorOf({
      ...MEMORY,
      privacy,
      digest: 'md5',
      digestKey: '',
      maxContentChars: 0,
      contentOnSpan: 'yes',
    });
    expect(error.code).to.equal('CONFIG_INVALID');
    const byPath = Object.fromEntries(error.problems.map((problem) => [problem.path, problem]));
    expect(Object.keys(byPath)).to.have.members([
      'privacy.keys',
      'privacy.paths[1]',
      'privacy.patterns[1]',
      'privacy.patterns[2]',
      'privacy.patterns[3]',
      'privacy.packs[1]',
      'privacy.redact',
      'privacy.fingerprintKey',
      'privacy.unknown',
      'digest',
      'digestKey',
      'maxContentChars',
      'contentOnSpan',
    ]);
    for (const { path, got, expected, source } of error.problems) {
      expect(got, path).to.be.a('string').and.not.equal('');
      expect(expected, path).to.be.a('string').and.not.equal('another value');
      expect(source, path).to.equal('code');
      expect(error.message).to.contain(path);
    }
    expect(error.message).to.not.contain(SECRET);
  });

  it('says the same of a file, and of a destination', () => {
    const privacy = { patterns: ['(a+)+$'], packs: ['xx-none'] };
    const paths = errorOf(inFile({ ...MEMORY, privacy })).problems.map(({ path }) => path);
    expect(paths).to.have.members(['privacy.patterns[0]', 'privacy.packs[0]']);
    const destinations = [{ provider: 'memory', content: 'some', maxContentChars: -1, enableContentRecording: 'no' }];
    expect(errorOf({ destinations }).problems.map(({ path }) => path)).to.have.members([
      'destinations[0].content',
      'destinations[0].maxContentChars',
      'destinations[0].enableContentRecording',
    ]);
  });

  it('never shows its keys: not in status(), not in messages', async () => {
    const options = {
      ...MEMORY,
      digestKey: SECRET,
      privacy: { fingerprintKey: `${SECRET}-2`, patterns: [/EMP-\d{6}/] },
    };
    for (const given of [options, inFile({ ...options, privacy: { ...options.privacy, patterns: ['EMP-\\d{6}'] } })]) {
      const tracing = configureTracing(given);
      const status = tracing.status();
      expect(JSON.stringify([status, tracing.health()])).to.not.contain('horse');
      expect(status.config['privacy']).to.deep.include({ digestKey: '***', fingerprintKey: '***' });
      expect(status.config['privacy']).to.deep.include({ patterns: ['/EMP-\\d{6}/g'] });
      expect(status.privacy.digest).to.include({ algorithm: 'hmac-sha256', key: 'configured' });
      await tracing.shutdown();
    }
    expect(errorOf({ ...options, digest: 'md5', maxContentChars: 'x' }).message).to.not.contain('horse');
    expect(errorOf({ digestKey: [SECRET], privacy: { fingerprintKey: { key: SECRET } } }).message).to.not.contain(
      'horse',
    );
  });

  it('says where the key of digests comes from', async () => {
    const digestOf = async (given: TracingOptions): Promise<Tracing['status'] extends () => infer S ? S : never> => {
      const tracing = configureTracing(given);
      await tracing.shutdown();
      return tracing.status();
    };
    const inVariable = await withVariables({ SPANWRIGHT_DIGEST_KEY: SECRET }, () => digestOf(MEMORY));
    expect(inVariable.privacy.digest).to.include({ key: 'configured' });
    expect(JSON.stringify(inVariable)).to.not.contain('horse');
    const sameInCode = await digestOf({ ...MEMORY, digestKey: SECRET });
    expect(sameInCode.privacy.digest).to.deep.equal(inVariable.privacy.digest);
    expect((await digestOf(MEMORY)).privacy.digest).to.include({ key: 'random' });
    expect((await digestOf({ ...MEMORY, digest: 'sha256' })).privacy.digest).to.deep.equal({
      algorithm: 'sha256',
      key: 'none',
    });
  });
});

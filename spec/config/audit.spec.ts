import { expect } from 'chai';

import { printConfig } from '#lib/config/print.js';
import { resolveConfig } from '#lib/config/resolve.js';
import { Folders, problemsOf, resolve } from './resolving.js';

const OFF = 'audit is switched off in code alone, so that nothing from outside can: configureTracing({ audit: false })';
const LEDGER = { begin: (): void => {}, append: (): void => {}, close: (): void => {} };

describe('the option audit', () => {
  const folders = new Folders();
  after(() => folders.remove());

  it('is absent unless something says so', () => {
    expect(resolve({})).not.have.property('audit');
  });

  it('takes options of a ledger, whose folders are absolute', () => {
    const onOutcomeLost = (): void => {};
    const audit = { directory: 'audit', keys: 'keys', level: 'metadata', deadlineMs: 10, maxQueue: 1, onOutcomeLost };
    const options = { ...audit, directory: '/home/audit', keys: '/home/keys' };
    expect(resolve({ audit }, {}, '/home').audit).deep.equal({ kind: 'directory', options });
  });

  it('takes a ledger as it is, and false', () => {
    const { audit } = resolve({ audit: LEDGER });
    expect(audit?.kind === 'own' && audit.ledger).equal(LEDGER);
    expect(resolve({ audit: false }).audit).deep.equal({ kind: 'off' });
  });

  it('takes nothing else', () => {
    const expected = "false, an object such as { directory: './audit' } or a ledger";
    for (const audit of [null, true, 'audit', 1, [], new Date(), Promise.resolve(LEDGER), () => LEDGER]) {
      expect(problemsOf({ audit }).map((one) => [one.path, one.expected])).deep.equal([['audit', expected]]);
    }
  });

  for (const [key, bad, good] of [
    ['directory', ['', 5, 'a\0b', null], ['a']],
    ['keys', ['', 5, null], ['a']],
    ['level', ['all', 1, null], ['metadata', 'request', 'requestResponse']],
    ['deadlineMs', [9, 600_001, '10', 10.5], [10, 600_000]],
    ['maxQueue', [0, 10_000_001], [1, 10_000_000]],
    ['maxQueueBytes', [1_048_575, 17_179_869_185], [1_048_576, 17_179_869_184]],
    ['maxPayloadBytes', [-1, 1_073_741_825], [0, 1_073_741_824]],
    ['minFreeBytes', [-1, 1_125_899_906_842_625], [0, 1_125_899_906_842_624]],
    ['onOutcomeLost', ['log', {}, null], [(): void => {}]],
    ['actor', ['me', {}, { type: '' }, { type: 'a', id: 5 }, { type: 'a', name: 'b' }, null], [{ type: 'a' }, Date]],
  ] as const) {
    it(`has ${key}, and says what is not allowed there`, () => {
      for (const value of bad) {
        const problems = problemsOf({ audit: { directory: 'a', [key]: value } });
        expect(problems.map(({ path }) => path)).deep.equal([`audit.${key}`]);
      }
      for (const value of good) expect(resolve({ audit: { directory: 'a', [key]: value } }).audit).include.keys('kind');
    });
  }

  it('names unknown options', () => {
    expect(problemsOf({ audit: { directory: 'a', folder: 'b' } })).length(1);
    expect(problemsOf({ audit: { directory: 'a', clean: (): void => {} } })[0]?.path).equal('audit.clean');
  });

  it('needs a folder', () => {
    expect(problemsOf({ audit: {} })).deep.equal([
      { path: 'audit.directory', got: 'nothing', expected: 'the folder of the ledger', source: 'code' },
    ]);
    expect(resolve({ audit: { level: 'metadata' } }, { SPANWRIGHT_AUDIT_DIRECTORY: '/a' }).sources).deep.include({
      'audit.directory': 'SPANWRIGHT_AUDIT_DIRECTORY',
      'audit.level': 'code',
    });
  });

  it('takes what code leaves open from the file, option by option', () => {
    const cwd = folders.make({ 't.yaml': 'audit:\n  directory: ${AT:-audit}\n  level: metadata\n  maxQueue: ${N}\n' });
    const actor = { type: 'job' };
    const given = { configFile: 't.yaml', audit: { level: 'request', actor } };
    const options = { directory: `${cwd}/audit`, level: 'request', maxQueue: 5 };
    expect(resolve(given, { N: '5' }, cwd).audit).deep.equal({ kind: 'directory', options, actor });
  });

  for (const [text, hint] of [
    ['false', OFF],
    ['${AUDIT}', OFF],
    ["'off'", undefined],
  ] as const) {
    it(`is not switched off by a file that says ${text}`, () => {
      const cwd = folders.make({ 't.yaml': `audit: ${text}\n` });
      const problems = problemsOf({ configFile: 't.yaml', audit: { directory: 'a' } }, { AUDIT: 'false' }, cwd);
      expect(problems.map((one) => [one.path, one.expected, one.hint])).deep.equal([
        ['audit', "an object such as { directory: './audit' }", hint],
      ]);
    });
  }

  it('leaves functions and the actor to code', () => {
    const cwd = folders.make({ 't.yaml': 'audit:\n  directory: a\n  actor: { type: user }\n  onOutcomeLost: log\n' });
    const problems = problemsOf({ configFile: 't.yaml' }, {}, cwd);
    expect(problems.map((one) => [one.path, one.hint])).deep.equal([
      ['audit.actor', 'give it in code'],
      ['audit.onOutcomeLost', 'give it in code'],
    ]);
  });

  it('is not switched off by a variable, which is said', () => {
    for (const [name, value] of [
      ['SPANWRIGHT_AUDIT', 'false'],
      ['SPANWRIGHT_AUDIT', '0'],
      ['SPANWRIGHT_AUDIT_DIRECTORY', 'Off'],
    ] as const) {
      const problems = problemsOf({ audit: { directory: 'a' } }, { [name]: value });
      expect(problems.map((one) => [one.source, one.hint])).deep.equal([[name, OFF]]);
    }
    const [problem] = problemsOf({}, { SPANWRIGHT_AUDIT: '/var/audit' });
    expect(problem?.hint).equal('name its folder as SPANWRIGHT_AUDIT_DIRECTORY');
  });

  it('stays while tracing is switched off', () => {
    for (const name of ['SPANWRIGHT_DISABLE_ALL', 'OTEL_SDK_DISABLED']) {
      const config = resolve({ audit: { directory: '/a' } }, { [name]: 'true', SPANWRIGHT_AUDIT: 'false' }, '/');
      expect(config).deep.include({ enabled: false, audit: { kind: 'directory', options: { directory: '/a' } } });
      expect(config.warnings.map(({ message }) => message)).deep.equal([
        'SPANWRIGHT_AUDIT is not allowed: got "false", expected no such variable',
      ]);
    }
  });

  it('is refused where the configuration is not that of the process', () => {
    const refused = (options: object): string | undefined => {
      try {
        resolveConfig(options, { SPANWRIGHT_AUDIT_DIRECTORY: '/a' }, '/', undefined, { isOfProcess: false });
        return undefined;
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(refused({})).equal(undefined);
    expect(refused({ audit: { directory: 'a' } })).match(/give it to configureTracing/);
  });

  it('is printed without functions', () => {
    const audit = { directory: '/a', actor: (): undefined => undefined, onOutcomeLost: (): void => {} };
    expect(printConfig(resolve({ audit }))).deep.include({
      audit: { directory: '/a', actor: 'own', onOutcomeLost: 'own' },
    });
    expect(printConfig(resolve({ audit: LEDGER }))).include({ audit: 'own' });
    expect(printConfig(resolve({ audit: false }))).include({ audit: false });
    expect(printConfig(resolve({}))).not.have.property('audit');
  });
});

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { expect } from 'chai';

import { ConfigError } from '#lib/config/problems.js';
import { isSpanwrightError } from '#lib/core/errors.js';

import { Folders, errorOf, problemsOf, resolve } from './resolving.js';

describe('a configuration file', () => {
  const folders = new Folders();
  after(() => {
    folders.remove();
  });

  it('is read when configFile or SPANWRIGHT_CONFIG names it, and code goes first', () => {
    const cwd = folders.make({
      'spanwright.json': '{"serviceName":"unnamed"}',
      'a.json': '{"serviceName":"a"}',
      'b.json': '\uFEFF{"serviceName":"b"}\n',
    });
    expect(resolve({}, {}, cwd))
      .include({ serviceName: 'unknown_service:node' })
      .not.have.property('configFile');
    const a = resolve({ configFile: 'a.json' }, { SPANWRIGHT_CONFIG: 'b.json' }, cwd);
    expect(a).include({ serviceName: 'a', configFile: join(cwd, 'a.json') });
    expect(a.sources['configFile']).equal('code');
    const b = resolve({}, { SPANWRIGHT_CONFIG: join(cwd, 'b.json') });
    expect(b).include({ serviceName: 'b' });
    expect(b.sources['configFile']).equal('SPANWRIGHT_CONFIG');
  });

  it('holds every option but those of code', () => {
    const options = {
      serviceName: 'shop',
      serviceVersion: '1',
      environment: 'prod',
      resource: { team: ['a'] },
      enabled: true,
      sampling: { ratio: 0.5 },
      destinations: [
        { provider: 'memory', maxSpans: 5 },
        { provider: 'otlp', headers: { a: 'b' }, encoding: 'json' },
      ],
      maxCaptureBytes: 10,
    };
    const cwd = folders.make({ 't.json': JSON.stringify(options) });
    const filed = resolve({ configFile: 't.json' }, {}, cwd);
    const { sources, configFile, ...values } = filed;
    const { sources: codeSources, ...codeValues } = resolve(options, {}, cwd);
    expect(values).deep.equal(codeValues);
    expect(configFile).equal(join(cwd, 't.json'));
    for (const [path, source] of Object.entries(codeSources)) {
      expect(sources[path], path).equal(source === 'code' ? 'file' : source);
    }
    expect(Object.values(codeSources).filter((source) => source === 'code')).length.above(8);
  });

  it('gives way to code, option by option', () => {
    const cwd = folders.make({ 't.json': '{"enabled":true,"maxCaptureBytes":10,"sampling":{"ratio":0.5}}' });
    const config = resolve({ configFile: 't.json', enabled: false, maxCaptureBytes: 20 }, {}, cwd);
    expect(config).include({ disabledBy: 'enabled: false', maxCaptureBytes: 20 });
    expect(config.sampling.ratio).equal(0.5);
    expect(config.sources).include({ enabled: 'code', maxCaptureBytes: 'code', 'sampling.ratio': 'file' });
    expect(resolve().sources['maxCaptureBytes']).equal('default');
    expect(resolve().maxCaptureBytes).equal(1_048_576);
  });

  it('is checked like code, with its path as the source', () => {
    const cwd = folders.make({
      't.json': '{"serviceName":5,"logger":{},"configFile":"x","constructor":1,"enabled":null}',
    });
    const problems = problemsOf({ configFile: 't.json', environment: 5 }, {}, cwd);
    expect(problems.map(({ path, source, hint }) => [path, source, hint])).deep.equal([
      ['environment', 'code', undefined],
      ['logger', 'file "t.json"', 'give it in code'],
      ['configFile', 'file "t.json"', 'give it in code'],
      ['constructor', 'file "t.json"', undefined],
      ['serviceName', 'file "t.json"', undefined],
      ['enabled', 'file "t.json"', undefined],
    ]);
  });

  it('with bytes that look like a prototype changes none', () => {
    const cwd = folders.make({ 't.json': '{"__proto__":{"enabled":true},"resource":{"__proto__":{"x":1}}}' });
    expect(problemsOf({ configFile: 't.json' }, {}, cwd).map(({ path }) => path)).deep.equal([
      '__proto__',
      'resource.__proto__',
    ]);
    expect(({} as { x?: unknown }).x).equal(undefined);
  });

  const unreadable: Record<string, readonly [text: string | undefined, got: RegExp]> = {
    missing: [undefined, /^"t\.json", a file that does not exist$/],
    'no JSON': ['{"a":', /^"t\.json", a file that is no JSON/],
    empty: ['', /^"t\.json", a file that is no JSON/],
    'a list': ['[{"provider":"console"}]', /^"t\.json", a file that holds an array$/],
    'a text': ['"console"', /^"t\.json", a file that holds a text$/],
    'a number': ['5', /^"t\.json", a file that holds a number$/],
    null: ['null', /^"t\.json", a file that holds null$/],
  };
  for (const [what, [text, got]] of Object.entries(unreadable)) {
    it(`that is ${what} ends in CONFIG_FILE_UNREADABLE`, () => {
      const cwd = folders.make(text === undefined ? {} : { 't.json': text });
      for (const [options, env, source] of [
        [{ configFile: 't.json' }, {}, 'code'],
        [{}, { SPANWRIGHT_CONFIG: 't.json' }, 'SPANWRIGHT_CONFIG'],
      ] as const) {
        const error = errorOf(options, { ...env }, cwd);
        expect(error.code).equal('CONFIG_FILE_UNREADABLE');
        expect(error.problems).length(1);
        expect(error.problems[0]).include({
          path: 'configFile',
          expected: 'a file that holds an object, in YAML (.yaml, .yml) or JSON',
          source,
        });
        expect(error.problems[0]?.got).match(got);
      }
    });
  }

  it('that cannot be read keeps the cause', () => {
    const cwd = folders.make();
    mkdirSync(join(cwd, 't.json'));
    const error = errorOf({ configFile: 't.json' }, {}, cwd);
    expect(error.problems[0]?.got).equal('"t.json", a file that cannot be read (EISDIR)');
    expect(error.cause).include({ code: 'EISDIR' });
  });

  it('that cannot be read stands beside the other problems', () => {
    const error = errorOf({ configFile: 'missing.json', enabled: 1 }, { OTEL_TRACES_SAMPLER: 'x' });
    expect(error.code).equal('CONFIG_FILE_UNREADABLE');
    expect(error.problems.map(({ path }) => path)).deep.equal(['enabled', 'configFile', 'sampling.ratio']);
    expect(error).instanceOf(ConfigError);
    expect(isSpanwrightError(error)).equal(true);
  });
});

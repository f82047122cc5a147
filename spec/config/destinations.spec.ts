import { join } from 'node:path';

import { expect } from 'chai';

import type { Env } from './resolving.js';
import { ALLOWED_PROVIDERS, COMMON, Folders, problemsOf, resolve } from './resolving.js';

const VARIABLE = 'SPANWRIGHT_DESTINATIONS';

function providersOf(options?: unknown, env: Env = {}, cwd?: string): string[] {
  return resolve(options, env, cwd).destinations.map(({ provider }) => provider);
}

describe('the list of destinations', () => {
  const folders = new Folders();
  after(() => {
    folders.remove();
  });

  it('comes from code, else the file, else the variable', () => {
    const cwd = folders.make({ 't.json': '{"destinations":[{"provider":"memory"}]}', 'empty.json': '{}' });
    const env = { SPANWRIGHT_CONFIG: 't.json', [VARIABLE]: 'console,otlp' };
    const code = { destinations: [{ provider: 'file', path: 'a' }] };
    expect(providersOf(code, env, cwd)).deep.equal(['file']);
    expect(resolve(code, env, cwd).sources).include({ destinations: 'code', 'destinations.file.path': 'code' });
    expect(providersOf({}, env, cwd)).deep.equal(['memory']);
    expect(resolve({}, env, cwd).sources['destinations']).equal('file');
    expect(providersOf({ configFile: 'empty.json' }, env, cwd)).deep.equal(['console', 'otlp']);
    expect(resolve({}, { [VARIABLE]: ' console , ' }).sources['destinations']).equal(VARIABLE);
  });

  it('that is empty in code switches the others off', () => {
    const config = resolve({ destinations: [] }, { [VARIABLE]: 'console' });
    expect(config).include({ enabled: false, disabledBy: 'no destination' });
  });

  it('of the variable holds providers', () => {
    expect(problemsOf({}, { [VARIABLE]: 'console,consle' })).deep.equal([
      {
        path: 'destinations[1].provider',
        got: '"consle"',
        expected: ALLOWED_PROVIDERS,
        source: VARIABLE,
        hint: 'did you mean console?',
      },
    ]);
    expect(problemsOf({}, { [VARIABLE]: 'file' })[0]).include({ path: 'destinations[0].path', source: VARIABLE });
    expect(problemsOf({}, { [VARIABLE]: 'otlp,otlp' })[0]).include({ path: 'destinations[1].name', source: VARIABLE });
  });

  it('is one console when there is none and enabled is true', () => {
    const config = resolve({ enabled: true });
    expect(config.enabled).equal(true);
    expect(config.destinations).deep.equal([
      { ...COMMON, provider: 'console', name: 'console', content: 'digest', transport: { kind: 'console' } },
    ]);
    expect(config.sources).include({ destinations: 'default', enabled: 'code' });
    const empty = resolve({ enabled: true, destinations: [] }, { [VARIABLE]: 'memory' });
    expect([empty.destinations[0]?.name, empty.sources['destinations']]).deep.equal(['console', 'default']);
    expect(providersOf({ enabled: true, destinations: [{ provider: 'memory' }] })).deep.equal(['memory']);
    expect(providersOf({ enabled: true }, { [VARIABLE]: 'otlp' })).deep.equal(['otlp']);
    const cwd = folders.make({ 't.json': '{"enabled":true}' });
    const filed = resolve({ configFile: 't.json' }, {}, cwd);
    expect([filed.destinations.length, filed.sources['enabled']]).deep.equal([1, 'file']);
  });
});

describe('a destination', () => {
  it('of memory sees content and keeps 10,000 spans by default', () => {
    const [destination] = resolve({ destinations: [{ provider: 'memory' }] }).destinations;
    expect(destination).deep.equal({
      ...COMMON,
      provider: 'memory',
      name: 'memory',
      content: 'full',
      transport: { kind: 'memory', maxSpans: 10_000 },
    });
  });

  it('of a file writes below the working directory', () => {
    const paths = ['out/trace.jsonl', '/var/log/trace.jsonl'];
    const destinations = paths.map((path) => ({ provider: 'file', path, name: path }));
    const config = resolve({ destinations }, {}, '/srv/app');
    expect(config.destinations.map(({ transport }) => transport.kind === 'file' && transport.path)).deep.equal([
      join('/srv/app', 'out/trace.jsonl'),
      '/var/log/trace.jsonl',
    ]);
    expect(config.destinations[0]?.content).equal('redacted');
  });

  it('takes every common option and remembers its source', () => {
    const given = { name: 'mine', granularity: 'rows', content: 'none', vocabulary: 'llm' };
    const config = resolve({ destinations: [{ provider: 'memory', ...given, maxQueue: 7 }] });
    expect(config.destinations[0]).include(given);
    expect(config.destinations[0]?.delivery.maxQueue).equal(7);
    expect(config.sources).include({
      'destinations.mine.granularity': 'code',
      'destinations.mine.content': 'code',
      'destinations.mine.maxQueue': 'code',
      'destinations.mine.maxSpans': 'default',
    });
  });
});

describe('in CI', () => {
  const remote = { provider: 'otlp', endpoint: 'https://api.example.com' };

  function skippedIn(env: Env, endpoint = 'https://api.example.com'): boolean {
    return resolve({ destinations: [{ provider: 'otlp', endpoint }] }, env).skipped.length > 0;
  }

  it('destinations beyond this machine are skipped and said, the others work', () => {
    const destinations = [
      remote,
      { provider: 'otlp', name: 'local' },
      { provider: 'console' },
      { provider: 'memory' },
      { provider: 'file', path: 'a' },
    ];
    const config = resolve({ destinations }, { CI: 'true' });
    expect(config.enabled).equal(true);
    expect(config.destinations.map(({ name }) => name)).deep.equal(['local', 'console', 'memory', 'file']);
    expect(config.skipped).deep.equal([{ name: 'otlp', reason: 'ci' }]);
    expect(config.warnings.map(({ code, hint }) => [code, hint])).deep.equal([
      ['CONFIG_DESTINATION_SKIPPED', 'set SPANWRIGHT_ENABLE_IN_CI=true to send'],
    ]);
  });

  it('is what CI or GITHUB_ACTIONS say', () => {
    for (const name of ['CI', 'GITHUB_ACTIONS']) {
      for (const text of ['true', '1', 'yes', 'woodpecker']) expect(skippedIn({ [name]: text }), text).equal(true);
      for (const text of ['false', 'FALSE', '0', '', ' ']) expect(skippedIn({ [name]: text }), text).equal(false);
    }
    expect(skippedIn({ CI: 'false', GITHUB_ACTIONS: 'true' })).equal(true);
    expect(skippedIn({})).equal(false);
  });

  it('loopback is this machine', () => {
    for (const host of ['localhost', 'LOCALHOST', '127.0.0.1', '127.8.9.10', '127.1', '[::1]', '[0:0:0:0:0:0:0:1]']) {
      expect(skippedIn({ CI: 'true' }, `http://${host}:4318`), host).equal(false);
    }
    for (const host of [
      'localhost.example.com',
      '127.0.0.1.example.com',
      '128.0.0.1',
      '0.0.0.0',
      '[::2]',
      'collector',
    ]) {
      expect(skippedIn({ CI: 'true' }, `http://${host}:4318`), host).equal(true);
    }
    expect(skippedIn({ CI: 'true' }, 'http://localhost@example.com/')).equal(true);
  });

  it('looks at the endpoint that variables give', () => {
    const env = { CI: 'true', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' };
    expect(resolve({ destinations: [{ provider: 'otlp' }] }, env).skipped).length(1);
  });

  it('SPANWRIGHT_ENABLE_IN_CI=true sends', () => {
    for (const text of ['true', '1', 'TRUE']) {
      expect(skippedIn({ CI: 'true', SPANWRIGHT_ENABLE_IN_CI: text })).equal(false);
    }
    expect(skippedIn({ CI: 'true', SPANWRIGHT_ENABLE_IN_CI: 'false' })).equal(true);
    const problems = problemsOf({ destinations: [remote] }, { CI: 'true', SPANWRIGHT_ENABLE_IN_CI: 'yes' });
    expect(problems[0]).include({ source: 'SPANWRIGHT_ENABLE_IN_CI', expected: 'true or false' });
  });

  it('nothing is left when every destination is skipped', () => {
    const config = resolve({ enabled: true, destinations: [remote] }, { GITHUB_ACTIONS: 'true' });
    expect(config).include({ enabled: false, disabledBy: 'GITHUB_ACTIONS' });
    expect(config.destinations).deep.equal([]);
  });
});

import { inspect } from 'node:util';

import { expect } from 'chai';

import { printConfig } from '#lib/config/print.js';
import { isSecretName, maskText } from '#lib/config/secrets.js';

import type { Env } from './resolving.js';
import { Folders, errorOf, resolve } from './resolving.js';

const SECRET = 'hunter2-x9';

/** Everything that an error or a printed configuration can show. */
function shown(value: object): string {
  const own = Object.getOwnPropertyNames(value).map((key) => String((value as Record<string, unknown>)[key]));
  const all = inspect(value, { depth: Infinity, showHidden: true, getters: true });
  return [JSON.stringify(value), all, String((value as Error).stack), ...own].join('\n');
}

const otlp = (rest: object): object => ({ destinations: [{ provider: 'otlp', ...rest }] });

const leaks: Record<string, readonly [options: unknown, env?: Env]> = {
  'header values': [otlp({ headers: { 'x-tenant': `${SECRET}\n` } })],
  'headers as text': [otlp({ headers: `authorization=${SECRET}` })],
  'headers as a list': [otlp({ headers: [SECRET] })],
  'header names that are values': [otlp({ headers: { authorization: [SECRET] } })],
  'a password in an endpoint': [otlp({ endpoint: `http://user:${SECRET}@host:4317` })],
  'a password with a slash': [otlp({ endpoint: `http://user:a/${SECRET}@host`, maxQueue: 0 })],
  'a password in an endpoint that is no URL': [otlp({ endpoint: `http://user:${SECRET}@ho st` })],
  'a password without a scheme': [otlp({ endpoint: `user:${SECRET}@host` })],
  'a key in the query of an endpoint': [otlp({ endpoint: `ftp://host/?api_key=${SECRET}&x=1` })],
  'a connection string': [otlp({ endpoint: `InstrumentationKey=${SECRET};IngestionEndpoint=https://a` })],
  'options as a text': [`https://user:${SECRET}@host`],
  'a key under an unknown option': [otlp({ apiKey: SECRET, langfuse: SECRET, connectionString: SECRET })],
  'a key under an unknown option of the root': [
    { secretKey: SECRET, token: SECRET, backend: SECRET, password: [SECRET] },
  ],
  'a resource attribute named like a secret': [{ resource: { 'db.password': { a: SECRET }, api_token: [SECRET, 5] } }],
  'an identity attribute with credentials': [{ serviceName: 5, resource: { 'service.name': ` `, dsn: { a: SECRET } } }],
  'a long password': [otlp({ endpoint: `http://user:${SECRET}${'x'.repeat(5000)}@host:4317` })],
  'a bearer token as a value': [otlp({ content: `Bearer ${SECRET}` })],
  'a key of a known shape': [otlp({ granularity: `sk-proj-${SECRET}` })],
  'headers of a variable that are no pairs': [otlp({}), { OTEL_EXPORTER_OTLP_HEADERS: SECRET }],
  'headers of a variable with bad encoding': [otlp({}), { OTEL_EXPORTER_OTLP_TRACES_HEADERS: `a=${SECRET}%zz` }],
  'headers of a variable with a bad name': [otlp({}), { OTEL_EXPORTER_OTLP_HEADERS: `a b=${SECRET}` }],
  'headers of a variable with a bad value': [otlp({}), { OTEL_EXPORTER_OTLP_HEADERS: `a=${SECRET}%0d%0a` }],
  'resource attributes of a variable': [{}, { OTEL_RESOURCE_ATTRIBUTES: `a=b,${SECRET}` }],
  'an endpoint of a variable': [otlp({}), { OTEL_EXPORTER_OTLP_ENDPOINT: `http://user:${SECRET}@collector:4317` }],
  'an endpoint of a variable for traces': [
    otlp({}),
    { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `user:${SECRET}@collector` },
  ],
  'grpc with credentials in the endpoint': [
    otlp({ endpoint: `http://user:${SECRET}@collector:4317` }),
    { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' },
  ],
  'destinations of a variable': [{}, { SPANWRIGHT_DESTINATIONS: `https://user:${SECRET}@host` }],
};

describe('secrets', () => {
  const folders = new Folders();
  after(() => {
    folders.remove();
  });

  for (const [what, [options, env]] of Object.entries(leaks)) {
    it(`never appear in an error: ${what}`, () => {
      expect(shown(errorOf(options, env))).not.include(SECRET);
    });
  }

  it('never appear in an error about a file, whose parser quotes what it read', () => {
    for (const text of [`{"token": "${SECRET}" oops`, SECRET, `["${SECRET}"]`, `"${SECRET}"`, `{"a":1}${SECRET}`]) {
      const cwd = folders.make({ 'tracing.json': text });
      const error = errorOf({ configFile: 'tracing.json' }, {}, cwd);
      expect(error.code).equal('CONFIG_FILE_UNREADABLE');
      expect(shown(error)).not.include(SECRET);
    }
  });

  it('are masked where a value is printed, and the rest of it is not', () => {
    expect(errorOf(otlp({ endpoint: `http://user:${SECRET}@host:4317/x` })).problems[0]?.got).equal(
      '"http://***@host:4317/x"',
    );
    expect(errorOf(otlp({ headers: { authorization: 5 } })).problems[0]?.got).equal('***');
  });

  it('never appear in a printed configuration', () => {
    const config = resolve(
      {
        resource: { 'db.password': SECRET, api_token: [SECRET], url: `postgres://u:${SECRET}@db/x`, plain: 'kept' },
        destinations: [
          {
            provider: 'otlp',
            endpoint: `https://user:${SECRET}@host/x?api_key=${SECRET}&a=1`,
            headers: { 'x-a': SECRET },
          },
          { provider: 'otlp', name: 'second' },
        ],
      },
      { OTEL_EXPORTER_OTLP_HEADERS: `tenant=${SECRET}` },
    );
    expect(JSON.stringify(config)).include(SECRET);
    const printed = printConfig(config);
    expect(shown(printed)).not.include(SECRET);
    expect(printed['resource']).include({ plain: 'kept', url: 'postgres://***@db/x', 'db.password': '***' });
    expect(printed['destinations']).deep.include.members([
      {
        ...config.destinations[0],
        transport: {
          ...config.destinations[0]?.transport,
          endpoint: 'https://host/x?api_key=***&a=1',
          headers: { authorization: '***', 'x-a': '***' },
        },
      },
    ]);
  });

  it('hide behind these names', () => {
    const names = [
      'apiKey',
      'x-api-key',
      'ACCESS_TOKEN',
      'clientSecret',
      'Password',
      'passwd',
      'Authorization',
      'headers',
    ];
    for (const name of [...names, 'connectionString', 'connection_string', 'Cookie', 'dsn', 'auth']) {
      expect(isSecretName(name), name).equal(true);
    }
    for (const name of ['serviceName', 'endpoint', 'author', 'provider', 'team.name']) {
      expect(isSecretName(name), name).equal(false);
    }
  });

  it('are cut out of texts', () => {
    const texts: Record<string, string> = {
      'https://a:b@host/p': 'https://***@host/p',
      'https://token@host': 'https://***@host',
      'a:b@c': '***@c',
      'https://a:p@ss/w?d@host': 'https://***@host',
      'http://h/?x=1&access_token=abc#t': 'http://h/?x=1&access_token=***#t',
      'Endpoint=sb://x;SharedAccessKey=abc': '***',
      'Bearer abc.def': 'Bearer ***',
      'basic YTpi rest': 'basic *** rest',
      'sk-lf-12345678': '***',
      'http://localhost:4318': 'http://localhost:4318',
      '@acme/api': '@acme/api',
      'plain text': 'plain text',
    };
    for (const [text, masked] of Object.entries(texts)) expect(maskText(text)).equal(masked);
  });
});

describe('printConfig', () => {
  it('gives a plain object of its own with everything but the logger', () => {
    const config = resolve({ enabled: true, logger: { warn: () => {} }, resource: { a: ['b'] } });
    const printed = printConfig(config);
    expect(structuredClone(printed)).deep.equal(printed);
    expect(printed).deep.equal({ ...config, logger: 'own', privacy: { hidden: [], contentOnSpan: false } });
    expect(printConfig(resolve())['logger']).equal('default');
    for (const part of ['resource', 'sources', 'sampling', 'destinations']) {
      expect(printed[part], part).not.equal((config as unknown as Record<string, unknown>)[part]);
    }
  });
});

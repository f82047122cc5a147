import { expect } from 'chai';

import { resolveConfig } from '#lib/config/resolve.js';

import { Folders, problemsOf, resolve } from './resolving.js';

const folders = new Folders();

function folderOf(config: object, packageJson?: object): string {
  const files = { 'tracing.json': JSON.stringify(config) };
  return folders.make(packageJson === undefined ? files : { ...files, 'package.json': JSON.stringify(packageJson) });
}

describe('identity', () => {
  after(() => {
    folders.remove();
  });

  interface Step {
    readonly source: string;
    readonly value: string;
    readonly code?: object;
    readonly env?: Record<string, string>;
    readonly file?: object;
    readonly packageJson?: object;
  }

  // From the strongest to the weakest: each one holds as soon as those above it are taken away.
  const ladders: Record<string, readonly Step[]> = {
    serviceName: [
      { source: 'code', value: 'option', code: { serviceName: 'option' } },
      { source: 'code', value: 'of resource', code: { resource: { 'service.name': 'of resource' } } },
      { source: 'OTEL_SERVICE_NAME', value: 'variable', env: { OTEL_SERVICE_NAME: ' variable ' } },
      {
        source: 'OTEL_RESOURCE_ATTRIBUTES',
        value: 'attribute',
        env: { OTEL_RESOURCE_ATTRIBUTES: 'service.name=attribute' },
      },
      { source: 'file', value: 'filed', file: { serviceName: 'filed' } },
      { source: 'file', value: 'filed resource', file: { resource: { 'service.name': 'filed resource' } } },
      { source: 'package.json', value: '@acme/api', packageJson: { name: '@acme/api' } },
      { source: 'default', value: 'unknown_service:node' },
    ],
    serviceVersion: [
      { source: 'code', value: '1', code: { serviceVersion: '1' } },
      { source: 'code', value: '2', code: { resource: { 'service.version': '2' } } },
      { source: 'OTEL_RESOURCE_ATTRIBUTES', value: '3', env: { OTEL_RESOURCE_ATTRIBUTES: 'service.version=3' } },
      { source: 'file', value: '4', file: { serviceVersion: '4' } },
      { source: 'file', value: '5', file: { resource: { 'service.version': '5' } } },
      { source: 'package.json', value: '6', packageJson: { name: 'app', version: '6' } },
    ],
    environment: [
      { source: 'code', value: 'option', code: { environment: 'option' } },
      { source: 'code', value: 'of resource', code: { resource: { 'deployment.environment.name': 'of resource' } } },
      { source: 'ENVIRONMENT', value: 'variable', env: { ENVIRONMENT: 'variable' } },
      {
        source: 'OTEL_RESOURCE_ATTRIBUTES',
        value: 'attribute',
        env: { OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment=older,deployment.environment.name=attribute' },
      },
      {
        source: 'OTEL_RESOURCE_ATTRIBUTES',
        value: 'older',
        env: { OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment=older' },
      },
      { source: 'file', value: 'filed', file: { environment: 'filed' } },
      { source: 'file', value: 'res', file: { resource: { 'deployment.environment.name': 'res' } } },
      { source: 'default', value: 'local' },
    ],
  };
  const attributeOf: Record<string, string> = {
    serviceName: 'service.name',
    serviceVersion: 'service.version',
    environment: 'deployment.environment.name',
  };

  for (const [key, ladder] of Object.entries(ladders)) {
    for (const [index, { source, value }] of ladder.entries()) {
      it(`takes ${key} "${value}" from ${source} before all that is weaker`, () => {
        const all = ladder.slice(index).reverse();
        const code = Object.assign({ configFile: 'tracing.json' }, ...all.map((step) => step.code)) as object;
        const env = Object.assign({}, ...all.map((step) => step.env)) as Record<string, string>;
        const file = Object.assign({}, ...all.map((step) => step.file)) as object;
        const packageJson = all.find((step) => step.packageJson !== undefined)?.packageJson;
        const config = resolve(code, env, folderOf(file, packageJson));
        expect(config).include({ [key]: value });
        expect(config.sources[key]).equal(source);
        const attribute = attributeOf[key] ?? '';
        expect(config.resource[attribute]).equal(value);
        expect(config.sources[`resource["${attribute}"]`]).equal(source);
      });
    }
  }

  it('has no version when nothing gives one', () => {
    const config = resolve();
    expect(config).not.have.property('serviceVersion');
    expect(config.resource).deep.equal({
      'service.name': 'unknown_service:node',
      'deployment.environment.name': 'local',
    });
  });

  it('takes the version of the package for the service of that name only', () => {
    const cwd = folderOf({}, { name: 'shop', version: '1.2.3' });
    expect(resolve({}, {}, cwd)).include({ serviceName: 'shop', serviceVersion: '1.2.3' });
    expect(resolve({ serviceName: 'shop' }, {}, cwd)).include({ serviceVersion: '1.2.3' });
    expect(resolve({ serviceName: 'mailer' }, {}, cwd)).not.have.property('serviceVersion');
  });

  it('finds the nearest package.json that has a name, upwards', () => {
    const cwd = folders.make({
      'package.json': '{"name":"outer","version":"1"}',
      'dist/package.json': '{"type":"module"}',
      'broken/package.json': '{"name":',
      'odd/package.json': '{"name":5,"version":"9"}',
      'list/package.json': '[]',
      'null/package.json': 'null',
      'inner/package.json': '{"name":"inner","version":2}',
      'deep/a/b/c.txt': '',
    });
    for (const folder of ['', 'dist', 'broken', 'odd', 'list', 'null', 'deep/a/b', 'missing/folder']) {
      expect(resolve({}, {}, `${cwd}/${folder}`), folder).include({ serviceName: 'outer', serviceVersion: '1' });
    }
    const inner = resolve({}, {}, `${cwd}/inner`);
    expect(inner.serviceName).equal('inner');
    expect(inner).not.have.property('serviceVersion');
  });

  it('works in a folder that is gone', () => {
    const cwd = folders.make({});
    const before = process.cwd();
    process.chdir(cwd);
    folders.remove();
    try {
      expect(() => process.cwd()).throw();
      expect(resolveConfig({ enabled: true }, {}).serviceName).equal('unknown_service:node');
    } finally {
      process.chdir(before);
    }
  });
});

describe('resource', () => {
  after(() => {
    folders.remove();
  });

  it('merges the file, OTEL_RESOURCE_ATTRIBUTES and code, and remembers each source', () => {
    const cwd = folderOf({ resource: { a: 'file', b: 'file', c: 'file' } });
    const env = { OTEL_RESOURCE_ATTRIBUTES: 'b=variable,c=variable', SPANWRIGHT_CONFIG: 'tracing.json' };
    const { resource, sources } = resolve({ resource: { c: ['code'] } }, env, cwd);
    expect(resource).deep.include({ a: 'file', b: 'variable', c: ['code'] });
    expect(sources).include({
      'resource.a': 'file',
      'resource.b': 'OTEL_RESOURCE_ATTRIBUTES',
      'resource.c': 'code',
    });
  });

  it('decodes the pairs of OTEL_RESOURCE_ATTRIBUTES', () => {
    const text = ' team = check%20out , a%2Cb=c%3Dd,base64=YQ==,empty=,,host.name=%E6%97%A5 ,';
    expect(resolve({}, { OTEL_RESOURCE_ATTRIBUTES: text }).resource).include({
      team: 'check out',
      'a,b': 'c=d',
      base64: 'YQ==',
      empty: '',
      'host.name': '日',
    });
    expect(resolve({}, { OTEL_RESOURCE_ATTRIBUTES: '  ' })).deep.equal(resolve());
  });

  it('refuses pairs that are none', () => {
    for (const text of ['a', '=b', 'a=b,c', 'a=%zz', '%zz=a', '%20%=a']) {
      const problems = problemsOf({}, { OTEL_RESOURCE_ATTRIBUTES: text });
      expect(problems, text).deep.equal([
        {
          path: 'resource',
          got: '***',
          expected: 'key=value pairs between commas, percent-encoded',
          source: 'OTEL_RESOURCE_ATTRIBUTES',
        },
      ]);
    }
    const [problem] = problemsOf({}, { OTEL_RESOURCE_ATTRIBUTES: '__proto__=x' });
    expect(problem).include({ path: 'resource.__proto__', source: 'OTEL_RESOURCE_ATTRIBUTES' });
  });
});

import { spawnSync } from 'node:child_process';

import { expect } from 'chai';

import { parseYaml } from '#lib/config/parse-yaml.js';

import { Folders, errorOf, problemsOf, resolve } from './resolving.js';

const PAGE = `
# Comments are allowed.
serviceName: tickets
sampling: { ratio: 0.5 }
resource:
  team.name: search
destinations:
  - &first
    provider: otlp
    endpoint: http://collector:4318
    headers: { x-tenant: "5" }
  - provider: memory
    maxQueue: 20
`;

describe('a configuration file in YAML', () => {
  const folders = new Folders();
  after(() => {
    folders.remove();
  });

  for (const name of ['t.yaml', 't.yml', 'T.YAML']) {
    it(`is read: ${name}`, () => {
      const config = resolve({ configFile: name }, {}, folders.make({ [name]: PAGE }));
      expect(config.serviceName).equal('tickets');
      expect(config.sampling.ratio).equal(0.5);
      expect(config.resource).include({ 'team.name': 'search' });
      expect(config.destinations.map(({ provider }) => provider)).deep.equal(['otlp', 'memory']);
      expect(config.destinations[1]?.delivery.maxQueue).equal(20);
      expect(config.sources['serviceName']).equal('file');
    });
  }

  it('says the same as the JSON of it', () => {
    const yaml = folders.make({ 't.yaml': PAGE });
    const parsed = parseYaml(PAGE) as { value: unknown };
    const json = folders.make({ 't.json': JSON.stringify(parsed.value) });
    const fromYaml = resolve({ configFile: 't.yaml' }, {}, yaml);
    const fromJson = resolve({ configFile: 't.json' }, {}, json);
    expect({ ...fromYaml, configFile: '' }).deep.equal({ ...fromJson, configFile: '' });
  });

  it('shares values by aliases', () => {
    const text = 'destinations:\n- &a {provider: memory, maxQueue: &n 7}\n- {provider: file, path: x, maxQueue: *n}\n';
    const config = resolve({ configFile: 't.yaml' }, {}, folders.make({ 't.yaml': text }));
    expect(config.destinations.map(({ delivery }) => delivery.maxQueue)).deep.equal([7, 7]);
  });

  it('is checked like any other', () => {
    const cwd = folders.make({ 't.yaml': 'serviceName: 5\nlogger: {}\n__proto__: {enabled: true}\n' });
    const problems = problemsOf({ configFile: 't.yaml' }, {}, cwd).map(({ path, source }) => [path, source]);
    expect(problems).deep.equal([
      ['logger', 'file "t.yaml"'],
      ['__proto__', 'file "t.yaml"'],
      ['serviceName', 'file "t.yaml"'],
    ]);
  });

  const faults: Record<string, readonly [text: string, got: string]> = {
    'no YAML': ['a: 1\nb: 2\n a: hunter2', 'no YAML (line 2, column 4)'],
    'cut off': ['a: "hunter2', 'no YAML (line 1, column 12)'],
    'a key twice': ['a: 1\nb: {c: hunter2, c: 2}', 'a key that stands twice (line 2, column 17)'],
    'a prototype twice': ['__proto__: 1\n__proto__: 2', 'a key that stands twice (line 2, column 1)'],
    'a tag of its own': ['a: 1\nb: !hunter2 x', 'a tag that is not allowed (line 2, column 4)'],
    'a tag for code': ['a: !!js/function hunter2', 'a tag that is not allowed (line 1, column 4)'],
    'a tag of YAML 1.1': ['a: !!binary aGk=', 'a tag that is not allowed (line 1, column 4)'],
    'a key that is no text': ['? [hunter2]\n: b', 'a key that is no text (line 1, column 3)'],
    'an alias of itself': ['a: &hunter2 [*hunter2]', 'an alias of nothing (line 1, column 14)'],
    'an alias of nothing': ['a: *hunter2', 'an alias of nothing (line 1, column 4)'],
    'two documents': ['a: 1\n---\nhunter2: 2', 'more than one document (line 2, column 1)'],
    'far too deep': [`a: ${'['.repeat(20_000)}`, 'nests too deep (line 1, column 67)'],
    'far too deep in blocks': ['- '.repeat(20_000), 'nests too deep (line 1, column'],
    'far too deep in keys': ['? hunter2: '.repeat(5000), 'nests too deep (line 1, column'],
    'a key three times': ['a: 1\na: 2\na: 3', 'a key that stands twice (line 2, column 1)'],
    'far too long': [`# hunter2${' '.repeat(300_000)}`, 'more than 64 KiB'],
    empty: ['', 'a file that holds null'],
    'a list': ['- a', 'a file that holds an array'],
  };
  for (const [what, [text, got]] of Object.entries(faults)) {
    it(`is refused, with its place and nothing of its text: ${what}`, () => {
      const error = errorOf({ configFile: 't.yaml' }, {}, folders.make({ 't.yaml': text }));
      expect(error.code).equal('CONFIG_FILE_UNREADABLE');
      expect(error.problems).length(1);
      expect(error.problems[0]?.got).include(got);
      expect(`${String(error)}${error.stack}${JSON.stringify(error.problems)}`).not.include('hunter2');
    });
  }

  it('does not grow beyond bounds: a billion laughs', () => {
    const lines = Array.from({ length: 30 }, (_, index) => {
      const below = Array.from({ length: 9 }, () => `*a${index}`).join(',');
      return `a${index + 1}: &a${index + 1} [${below}]`;
    });
    const error = errorOf({ configFile: 't.yaml' }, {}, folders.make({ 't.yaml': `a0: &a0 [x]\n${lines.join('\n')}` }));
    expect(error.problems[0]?.got).include('aliases grow too far');
  });

  it('has words of YAML 1.2, whatever version it names', () => {
    const text = '%YAML 1.1\n---\na: yes\nb: 0o7\nc: ~\nd: 2026-01-01\n<<: {e: 1}\n';
    expect(parseYaml(text)).deep.equal({ value: { a: 'yes', b: 7, c: null, d: '2026-01-01', '<<': { e: 1 } } });
  });

  it('loads the parser, and JSON does not', () => {
    const cwd = folders.make({ 't.yaml': 'enabled: false', 't.json': '{"enabled": false}' });
    const program = `
      import { createRequire } from 'node:module';
      const isLoaded = () => Object.keys(createRequire('${process.cwd()}/x.js').cache).some((path) => path.includes('/yaml/'));
      const { resolveConfig } = await import('#lib/config/resolve.js');
      const results = [isLoaded()];
      for (const configFile of ['t.json', 't.yaml']) {
        resolveConfig({ configFile }, {}, ${JSON.stringify(cwd)});
        results.push(isLoaded());
      }
      console.log(JSON.stringify(results));`;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      encoding: 'utf8',
    });
    expect(stderr).equal('');
    expect(JSON.parse(stdout)).deep.equal([false, false, true]);
  });
});

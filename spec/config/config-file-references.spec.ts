import { expect } from 'chai';
import * as fc from 'fast-check';

import { fillText } from '#lib/config/fill-text.js';
import { ConfigError } from '#lib/config/problems.js';
import type { ConfigProblem } from '#lib/config/problems.js';
import type { ResolvedConfig } from '#lib/config/resolve.js';

import type { Env } from './resolving.js';
import { Folders, problemsOf, resolve } from './resolving.js';

const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,8}$/);
const fill = (text: string, env: Env = {}): unknown => {
  const filled = fillText(text, (wanted) => (Object.hasOwn(env, wanted) ? env[wanted] : undefined));
  return 'text' in filled ? filled.text : filled;
};

describe('references in a text', () => {
  const texts: Record<string, unknown> = {
    plain: 'plain',
    '${A}': 'a',
    'x${A}y${B}z': 'xaybz',
    '${C:-c d}': 'c d',
    '${C:-}': '',
    '${A:-other}': 'a',
    '$A $ {A} ${': { isBroken: true },
    'a$b$$c{d}$': 'a$b$$c{d}$',
    '$${A}': '${A}',
    '$$${A}': '$a',
    '$$$${A}': '$${A}',
    '$${': '${',
    '${C}': { unset: 'C' },
    '${A}${C}': { unset: 'C' },
    '${}': { isBroken: true },
    '${1A}': { isBroken: true },
    '${A:?x}': { isBroken: true },
    '${A-x}': { isBroken: true },
    '${C:-${A}}': { isBroken: true },
    '${A': { isBroken: true },
    '${C:-a\nb}': { isBroken: true },
  };
  for (const [text, filled] of Object.entries(texts)) {
    it(`are replaced: ${JSON.stringify(text)}`, () => {
      expect(fill(text, { A: 'a', B: 'b' })).deep.equal(filled);
    });
  }

  it('leave every text without one as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('$', '{', '}', 'A', ':', '-', ' ', '\n', 'é') }), (text) => {
        fc.pre(!text.includes('${'));
        expect(fill(text)).equal(text);
      }),
    );
  });

  it('are text when each dollar before a brace is written twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('$', '{', '}', 'A', ':', '-') }), (text) => {
        expect(fill(text.replace(/\$+(?=\{)/g, '$&$&'))).equal(text);
      }),
    );
  });

  it('give what the variable holds, which is not looked at again', () => {
    fc.assert(
      fc.property(name, fc.string({ minLength: 1 }), fc.string(), fc.string(), (key, value, head, tail) => {
        const [before, after] = [head, tail].map((text) => text.replaceAll('$', ''));
        expect(fill(`${before}\${${key}}${after}`, { [key]: value })).equal(`${before}${value}${after}`);
        expect(fill(`\${${key}}`, { [key]: '${A}$${B}' })).equal('${A}$${B}');
      }),
    );
  });

  it('never throw and never run away', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('$', '{', '}', 'A', ':', '-', '1'), maxLength: 60 }), (text) => {
        expect(fill(text, { A: '$' })).not.equal(undefined);
      }),
      { numRuns: 2000 },
    );
    expect(fill('$'.repeat(200_000))).equal('$'.repeat(200_000));
    expect(fill(`\${A:-${'x'.repeat(200_000)}`)).deep.equal({ isBroken: true });
  });
});

describe('references in a file', () => {
  const folders = new Folders();
  after(() => {
    folders.remove();
  });

  const read = (text: string, env: Env = {}, file = 't.yaml'): ResolvedConfig =>
    resolve({ configFile: file }, env, folders.make({ [file]: text }));
  const problems = (text: string, env: Env = {}): readonly ConfigProblem[] =>
    problemsOf({ configFile: 't.yaml' }, env, folders.make({ 't.yaml': text }));

  it('are replaced in YAML and JSON, at any depth, in values alone', () => {
    const value = { serviceName: 'api-${REGION:-eu}', resource: { '${K}': ['${A}', 'b'] } };
    for (const [file, text] of [
      ['t.json', JSON.stringify(value)],
      ['t.yaml', 'serviceName: api-${REGION:-eu}\nresource:\n  ${K}: ["${A}", b]\n'],
    ] as const) {
      const config = read(text, { A: 'a' }, file);
      expect(config.serviceName).equal('api-eu');
      expect(config.resource).deep.include({ '${K}': ['a', 'b'] });
    }
  });

  it('bring no structure with them', () => {
    const env = { A: 'x: 1\nenabled: false\n- *a', B: '"}], "enabled": false' };
    expect(read('serviceName: ${A}', env).serviceName).equal(env.A);
    expect(read('{"serviceName": "${B}"}', env, 't.json').serviceName).equal(env.B);
  });

  it('are numbers, true and false where the option wants one, and text where a text is allowed', () => {
    const text = `
serviceName: \${FIVE}
enabled: \${NO}
sampling: { ratio: "\${HALF}" }
resource:
  a: \${FIVE}
destinations:
  - { provider: "\${KIND:-memory}", maxQueue: "\${FIVE}" }
`;
    const env = { FIVE: '5', HALF: '.5', NO: 'False' };
    const config = read(text, env);
    expect(config.serviceName).equal('5');
    expect(config.disabledBy).equal('enabled: false');
    expect(config.sampling.ratio).equal(0.5);
    expect(config.resource).include({ a: '5' });
    expect(config.destinations[0]?.delivery.maxQueue).equal(5);
    expect(problems('maxCaptureBytes: 1${FIVE}', env).map(({ got }) => got)).deep.equal(['"15"']);
  });

  it('to a variable that is not set are problems that name it and the path', () => {
    const text =
      'serviceName: ${NAME}\ndestinations:\n- {provider: file, path: "/${FOLDER}/x"}\n- {provider: "${P}"}\n';
    const found = problems(text, { FOLDER: '', NAME: 'n' });
    expect(found.map(({ path, got, source }) => [path, got, source])).deep.equal([
      ['destinations[0].path', '${FOLDER}, which is not set', 'file "t.yaml"'],
      ['destinations[1].provider', '${P}, which is not set', 'file "t.yaml"'],
    ]);
    expect(found[0]).include({
      expected: 'FOLDER in the environment',
      hint: 'set FOLDER, or write ${FOLDER:-default}',
    });
  });

  it('that cannot be read are problems that quote nothing', () => {
    const [problem, ...others] = problems('serviceName: "${sk-hunter2}"');
    expect(others).deep.equal([]);
    expect(problem).include({ path: 'serviceName', got: 'a reference that cannot be read' });
    expect(JSON.stringify(problem)).not.include('hunter2');
  });

  it('to values that are not allowed name the variable, and hide what a secret holds', () => {
    const text = 'maxCaptureBytes: ${LIMIT}\ndigest: ${SOME_TOKEN}\nunknown: ${SOME_TOKEN}\n';
    const found = problems(text, { LIMIT: 'many', SOME_TOKEN: 'hunter2' });
    expect(found.map(({ path, got, source }) => [path, got, source])).deep.equal([
      ['unknown', 'an unknown option', 'file "t.yaml"'],
      ['maxCaptureBytes', '"many"', 'LIMIT in file "t.yaml"'],
      ['digest', '***', 'SOME_TOKEN in file "t.yaml"'],
    ]);
    expect(JSON.stringify(found)).not.include('hunter2');
  });

  it('stop nobody who switched tracing off', () => {
    const text =
      'serviceName: ${NAME}\nmaxCaptureBytes: ${LIMIT}\ndestinations: [{provider: file, path: "${FOLDER}"}]\n';
    const env = { LIMIT: 'many' };
    expect(() => read(text, env)).throw(ConfigError);
    const config = read(text, { ...env, SPANWRIGHT_DISABLE_ALL: 'true' });
    expect(config.disabledBy).equal('SPANWRIGHT_DISABLE_ALL');
    expect(config.warnings.map(({ code }) => code)).deep.equal(Array(3).fill('CONFIG_VARIABLE_IGNORED'));
  });

  it('are left alone in code', () => {
    expect(resolve({ serviceName: '${NAME}' }, { NAME: 'n' }).serviceName).equal('${NAME}');
  });
});

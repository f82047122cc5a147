import { expect } from 'chai';

import type { Env } from './resolving.js';
import { Folders, problemsOf, resolve } from './resolving.js';

const SAMPLER = 'OTEL_TRACES_SAMPLER';
const ARGUMENT = 'OTEL_TRACES_SAMPLER_ARG';

describe('sampling', () => {
  const folders = new Folders();
  after(() => {
    folders.remove();
  });

  it('keeps every new trace by default and follows the parent', () => {
    const config = resolve();
    expect(config.sampling).deep.equal({ kind: 'parent_ratio', ratio: 1 });
    expect(config.sources['sampling.ratio']).equal('default');
  });

  it('is parent based with the ratio of the option', () => {
    const config = resolve({ sampling: { ratio: 0.25 } });
    expect(config.sampling).deep.equal({ kind: 'parent_ratio', ratio: 0.25 });
    expect(config.sources['sampling.ratio']).equal('code');
  });

  const samplers: Record<string, readonly [kind: string, ratio: number]> = {
    always_on: ['always_on', 1],
    always_off: ['always_off', 0],
    traceidratio: ['ratio', 0.1],
    parentbased_always_on: ['parent_always_on', 1],
    parentbased_always_off: ['parent_always_off', 0],
    parentbased_traceidratio: ['parent_ratio', 0.1],
    ParentBased_TraceIdRatio: ['parent_ratio', 0.1],
  };
  for (const [name, [kind, ratio]] of Object.entries(samplers)) {
    it(`honours ${SAMPLER}=${name}`, () => {
      const config = resolve({}, { [SAMPLER]: name, [ARGUMENT]: '0.1' });
      expect(config.sampling).deep.equal({ kind, ratio });
      expect(config.sources['sampling.ratio']).equal(SAMPLER);
      expect(config.warnings).deep.equal([]);
    });
  }

  it('takes ratio 1 when the argument is missing', () => {
    expect(resolve({}, { [SAMPLER]: 'traceidratio' }).sampling).deep.equal({ kind: 'ratio', ratio: 1 });
    expect(resolve({}, { [SAMPLER]: 'traceidratio', [ARGUMENT]: ' ' }).sampling.ratio).equal(1);
  });

  it('reads every form of a number in the argument', () => {
    for (const [text, ratio] of Object.entries({ '0': 0, '1': 1, '1.0': 1, '.5': 0.5, '0.25 ': 0.25, '1e-3': 0.001 })) {
      expect(resolve({}, { [SAMPLER]: 'traceidratio', [ARGUMENT]: text }).sampling.ratio).equal(ratio);
    }
  });

  it('goes code, variable, file, default', () => {
    const cwd = folders.make({ 't.json': '{"sampling":{"ratio":0.5}}' });
    const env: Env = { SPANWRIGHT_CONFIG: 't.json', [SAMPLER]: 'always_off' };
    expect(resolve({ sampling: { ratio: 0.2 } }, env, cwd).sampling.ratio).equal(0.2);
    expect(resolve({ sampling: {} }, env, cwd).sampling.kind).equal('always_off');
    const filed = resolve({}, { SPANWRIGHT_CONFIG: 't.json' }, cwd);
    expect(filed.sampling).deep.equal({ kind: 'parent_ratio', ratio: 0.5 });
    expect(filed.sources['sampling.ratio']).equal('file');
  });

  it('refuses another sampler and names the variable', () => {
    expect(problemsOf({}, { [SAMPLER]: 'traceidration' })).deep.equal([
      {
        path: 'sampling.ratio',
        got: '"traceidration"',
        expected:
          'one of always_on, always_off, traceidratio, parentbased_always_on, parentbased_always_off, parentbased_traceidratio',
        source: SAMPLER,
        hint: 'did you mean traceidratio?',
      },
    ]);
    expect(problemsOf({}, { [SAMPLER]: '__proto__' })[0]).not.have.property('hint');
  });

  it('refuses an argument that is no ratio', () => {
    for (const text of ['2', '-0.1', 'half', '0x1', '1,0', 'NaN', '1e400']) {
      const problems = problemsOf({}, { [SAMPLER]: 'parentbased_traceidratio', [ARGUMENT]: text });
      expect(problems).deep.equal([
        { path: 'sampling.ratio', got: JSON.stringify(text), expected: 'a number from 0 to 1', source: ARGUMENT },
      ]);
    }
  });

  it('looks at no variable when code decides', () => {
    expect(resolve({ sampling: { ratio: 1 } }, { [SAMPLER]: 'xray', [ARGUMENT]: 'x' }).warnings).deep.equal([]);
  });

  it('warns of an argument without a sampler', () => {
    const [warning] = resolve({}, { [ARGUMENT]: '0.1' }).warnings;
    expect(warning?.code).equal('CONFIG_VARIABLE_IGNORED');
    expect(warning?.message).include(ARGUMENT);
  });
});

import { expect } from 'chai';
import type { TracedOptions } from 'spanwright';
import { health, Traced } from 'spanwright';
import { CollectedWarnings } from '../collected-warnings.js';
import { onlySpanOf } from './captured.js';

type Options = TracedOptions<[number], number>;

const broken = (): never => {
  throw new Error('broken hook');
};
const late = (async (): Promise<string> => {
  await Promise.resolve();
  throw new Error('late');
}) as () => never;

const hooks: [string, Options, string][] = [
  ['name', { name: broken }, 'HOOK_NAME'],
  ['attributes', { attributes: broken }, 'HOOK_ATTRIBUTES'],
  ['onResult', { onResult: broken }, 'HOOK_ON_RESULT'],
  ['args', { args: broken }, 'HOOK_ARGS'],
  ['result', { result: broken }, 'HOOK_RESULT'],
  ['links', { links: broken }, 'HOOK_LINKS'],
  ['tracing', { tracing: broken }, 'HOOK_TRACING'],
];

describe('hooks that fail', () => {
  let warnings: CollectedWarnings;
  before(() => {
    warnings = new CollectedWarnings();
  });
  after(() => warnings.stop());

  for (const [option, options, code] of hooks) {
    it(`stay out of the call and are counted: ${option}`, async () => {
      for (const failing of [options, { [option]: late } as Options]) {
        const before = health().guarded[code] ?? 0;
        const work = Traced.wrap(failing, (n: number) => n + 1);
        const span = await onlySpanOf(() => expect(work(1)).to.equal(2));
        expect(span.status).to.deep.equal({ code: 0 });
        expect((health().guarded[code] ?? 0) - before).to.equal(1);
      }
    });
  }

  it('are said once each', () => {
    for (const [, , code] of hooks) expect(warnings.codes().filter((one) => one === code)).to.deep.equal([code]);
  });

  it('leave the default name behind', async () => {
    for (const name of [broken, () => '', () => 5 as never, late]) {
      const work = Traced.wrap({ name }, function work(): void {});
      expect((await onlySpanOf(work)).name).to.equal('work');
    }
  });

  it('stay out of a call that fails: expectedErrors', async () => {
    const before = health().guarded['HOOK_EXPECTED_ERRORS'] ?? 0;
    const cause = new Error('mine');
    const work = Traced.wrap({ expectedErrors: broken }, () => {
      throw cause;
    });
    const span = await onlySpanOf(() => expect(work).to.throw().equal(cause));
    expect(span.status.code).to.equal(2);
    expect((health().guarded['HOOK_EXPECTED_ERRORS'] ?? 0) - before).to.equal(1);
  });

  it('do not run while nobody listens', () => {
    const before = { ...health().guarded };
    for (const [, options] of hooks) expect(Traced.wrap(options, (n: number) => n + 1)(1)).to.equal(2);
    expect(health().guarded).to.deep.equal(before);
  });
});

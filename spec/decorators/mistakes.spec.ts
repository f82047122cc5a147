import { expect } from 'chai';
import { isSpanwrightError, Task, Traced, Workflow } from 'spanwright';
import { thrownBy } from './captured.js';

type Loose = (...args: unknown[]) => unknown;
const decorators = { Traced, Workflow, Task };
const method = (): void => {};

function messageOf(work: () => unknown, code: string): string {
  const error = thrownBy(work);
  if (!isSpanwrightError(error)) return expect.fail(`expected an error of ours, got ${String(error)}`);
  expect(error.code).to.equal(code);
  expect(error.message.startsWith(`[${code}] `)).to.equal(true);
  expect(error.hint).to.be.a('string').and.not.equal('');
  return error.message.slice(code.length + 3);
}

const misplaced: [string, unknown[], string][] = [
  ['a standard field', [undefined, { kind: 'field', name: 'count' }], 'a field (count)'],
  ['a standard setter', [method, { kind: 'setter', name: 'count' }], 'a setter (count)'],
  ['an unknown standard kind', [method, { kind: 'parameter', name: undefined }], 'a parameter (anonymous)'],
  ['a legacy field', [{}, 'count', undefined], 'a field (count)'],
  ['a legacy static field', [class {}, Symbol('count'), undefined], 'a field ([count])'],
  ['a legacy setter', [{}, 'count', { set: method }], 'a setter (count)'],
  ['a legacy parameter', [{}, 'work', 1], 'a parameter (number 1 of work)'],
  ['a legacy constructor parameter', [class {}, undefined, 0], 'a parameter (number 0 of anonymous)'],
  ['a function that is no class', [() => {}], 'a function'],
];

describe('misplaced decorators', () => {
  for (const [name, decorator] of Object.entries(decorators)) {
    const places =
      name === 'Traced' ? 'a method, a getter, an accessor or a class' : 'a method, a getter or an accessor';
    for (const [where, args, got] of misplaced) {
      it(`@${name} on ${where} says what was got and expected, bare and called`, () => {
        const expected = `@${name} cannot stand there: got ${got}, expected ${places}`;
        expect(messageOf(() => Reflect.apply(decorator as Loose, undefined, args), 'DECORATOR_MISPLACED')).to.equal(
          expected,
        );
        const made = (decorator as Loose)({}) as Loose;
        expect(messageOf(() => Reflect.apply(made, undefined, args), 'DECORATOR_MISPLACED')).to.equal(expected);
      });
    }
  }

  for (const decorator of [Workflow, Task]) {
    it(`@${decorator.name} refuses a class`, () => {
      const message = messageOf(() => (decorator as Loose)(class Jobs {}), 'DECORATOR_MISPLACED');
      expect(message).to.equal(
        `@${decorator.name} cannot stand there: got a class, expected a method, a getter or an accessor`,
      );
      messageOf(() => (decorator as Loose)(class Jobs {}, { kind: 'class', name: 'Jobs' }), 'DECORATOR_MISPLACED');
    });
  }

  it('point to wrap for a function', () => {
    expect(thrownBy(() => (Traced as Loose)(() => {}))).to.have.property('hint', 'use Traced.wrap(fn)');
  });
});

const invalid: [unknown, string][] = [
  [5, 'wrong options for Traced(): got 5, expected a name or an options object'],
  [null, 'wrong options for Traced(): got null, expected a name or an options object'],
  [true, 'wrong options for Traced(): got true, expected a name or an options object'],
  [['x'], 'wrong options for Traced(): got an array, expected a name or an options object'],
  ['', 'wrong value for option "name" of Traced(): got "", expected a non-empty string or a function'],
  [{ name: '' }, 'wrong value for option "name" of Traced(): got "", expected a non-empty string or a function'],
  [{ name: 5 }, 'wrong value for option "name" of Traced(): got 5, expected a non-empty string or a function'],
  [
    { spanName: null },
    'wrong value for option "spanName" of Traced(): got null, expected a non-empty string or a function',
  ],
  [
    { kind: 'Client' },
    'wrong value for option "kind" of Traced(): got "Client", expected one of internal, server, client, producer, consumer',
  ],
  [
    { kind: () => 1 },
    'wrong value for option "kind" of Traced(): got a function, expected one of internal, server, client, producer, consumer',
  ],
  [
    { granularity: 'all' },
    'wrong value for option "granularity" of Traced(): got "all", expected one of lifecycle, rows, full',
  ],
  [
    { attributes: ['a'] },
    'wrong value for option "attributes" of Traced(): got an array, expected an object or a function',
  ],
  [{ onResult: {} }, 'wrong value for option "onResult" of Traced(): got an object, expected a function'],
  [{ args: 'yes' }, 'wrong value for option "args" of Traced(): got "yes", expected true, false or a function'],
  [{ result: 1 }, 'wrong value for option "result" of Traced(): got 1, expected true, false or a function'],
  [{ root: 'no' }, 'wrong value for option "root" of Traced(): got "no", expected true or false'],
  [{ links: {} }, 'wrong value for option "links" of Traced(): got an object, expected an array or a function'],
  [
    { expectedErrors: Error.prototype },
    'wrong value for option "expectedErrors" of Traced(): got an object, expected an array of classes or a function',
  ],
  [
    { expectedErrors: ['TypeError'] },
    'wrong value for option "expectedErrors" of Traced(): got an array, expected an array of classes or a function',
  ],
  [
    { tracing: 'mine' },
    'wrong value for option "tracing" of Traced(): got "mine", expected a tracing of createTracing() or a function',
  ],
  [
    { tracing: { destinations: [] } },
    'wrong value for option "tracing" of Traced(): got an object, expected a tracing of createTracing() or a function',
  ],
  [
    { include: 'take' },
    'wrong value for option "include" of Traced(): got "take", expected an array of names or a RegExp',
  ],
];

describe('wrong options of a decorator', () => {
  for (const [given, expected] of invalid) {
    it(`says ${expected}`, () => {
      expect(messageOf(() => (Traced as Loose)(given), 'DECORATOR_OPTIONS_INVALID')).to.equal(expected);
      if (typeof given === 'object' && given !== null && !Array.isArray(given)) {
        messageOf(() => (Traced as unknown as { wrap: Loose }).wrap(given, () => {}), 'DECORATOR_OPTIONS_INVALID');
        messageOf(() => (Traced as unknown as { run: Loose }).run(given, () => {}), 'DECORATOR_OPTIONS_INVALID');
      }
    });
  }

  it('names an unknown option and the known ones', () => {
    const message = messageOf(() => (Traced as Loose)({ nmae: 'x' }), 'DECORATOR_OPTIONS_INVALID');
    expect(message).to.match(
      /^unknown option of Traced\(\): got "nmae", expected one of name, spanName, .*include, exclude$/,
    );
    messageOf(() => (Task as Loose)({ name: 'x' }), 'DECORATOR_OPTIONS_INVALID');
    messageOf(() => (Task as Loose)({ include: ['x'] }), 'DECORATOR_OPTIONS_INVALID');
    messageOf(() => (Workflow as Loose)({ score: () => 1 }), 'DECORATOR_OPTIONS_INVALID');
  });

  it('takes undefined for "not given", whole or in part', () => {
    for (const given of [undefined, {}, { name: undefined, kind: undefined, expectedErrors: undefined }]) {
      expect((Traced as Loose)(given)).to.be.a('function');
    }
  });

  it('shows when the decorator is called, before it is applied', () => {
    expect(() => (Workflow as Loose)({ description: 5 })).to.throw('[DECORATOR_OPTIONS_INVALID]');
  });
});

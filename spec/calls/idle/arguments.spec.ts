import { captureSpans } from 'spanwright/testing';
import { Traced } from 'spanwright';
import { expect } from 'chai';

type Method = (this: unknown, ...args: unknown[]) => unknown;

function seen(self: unknown, args: IArguments): unknown[] {
  return [self, args.length, ...Array.from<unknown>(args)];
}

const methods: Record<string, Method> = {
  'no parameter': function written() {
    return seen(this, arguments);
  },
  'one parameter': function written(_a) {
    return seen(this, arguments);
  },
  'two parameters': function written(_a, _b) {
    return seen(this, arguments);
  },
  'three parameters': function written(_a, _b, _c) {
    return seen(this, arguments);
  },
  'four parameters': function written(_a, _b, _c, _d) {
    return seen(this, arguments);
  },
  'a default': function written(_a, _b = 1) {
    return seen(this, arguments);
  },
  'a rest': function written(..._rest) {
    return seen(this, arguments);
  },
};

// Method syntax: unlike a function it has no `prototype`, and its wrapper is another one.
function methodOf(fn: Method): Method {
  const { method } = {
    method(this: unknown): unknown {
      return Reflect.apply(fn, this, arguments);
    },
  };
  return Object.defineProperty(method, 'length', { value: fn.length });
}

const receivers: readonly unknown[] = [undefined, null, 0, { own: true }];

describe('A wrapper hands on the receiver and every argument', () => {
  for (const state of ['idle', 'recording']) {
    for (const [title, method] of Object.entries(methods)) {
      for (const [shape, fn] of [
        ['function', method],
        ['method', methodOf(method)],
      ] as const) {
        it(`of a ${shape} with ${title}, ${state}`, () => {
          const spans = state === 'recording' ? captureSpans() : undefined;
          try {
            const traced = Traced.wrap(fn);
            expect(traced.length).equal(fn.length);
            for (const self of receivers) {
              for (let count = 0; count <= 6; count++) {
                const args = Array.from({ length: count }, (_, index) => index);
                expect(Reflect.apply(traced, self, args)).deep.equal([self, count, ...args]);
              }
            }
            expect(spans?.finished().length ?? 0).equal(state === 'recording' ? receivers.length * 7 : 0);
          } finally {
            spans?.stop();
          }
        });
      }
    }
  }

  it('of a function whose own `call` and `apply` are something else', () => {
    const odd = methodOf((...args) => args);
    const fn = Object.assign(odd, { call: () => 'called', apply: () => 'applied' });
    const traced = Traced.wrap(fn);
    expect(Reflect.apply(traced, undefined, [1])).deep.equal([1]);
    const spans = captureSpans();
    expect(Reflect.apply(traced, undefined, [1])).deep.equal([1]);
    spans.stop();
  });

  it('of a function that inherits nothing', () => {
    const bare = Object.setPrototypeOf(
      methodOf((a) => a),
      null,
    ) as Method;
    expect(Reflect.apply(Traced.wrap(bare), undefined, [1])).equal(1);
  });
});

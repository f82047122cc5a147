import { expect } from 'chai';

import { errorOf, otlpOf, problemsOf, resolve } from './resolving.js';

function thrower(): never {
  throw new Error('from the user');
}

const traps: ProxyHandler<object> = {
  get: thrower,
  ownKeys: thrower,
  getOwnPropertyDescriptor: thrower,
  getPrototypeOf: thrower,
  has: thrower,
};

function revoked(target: object): object {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

class Later {
  get serviceName(): string {
    return 'never own';
  }
}

const hostile: Record<string, () => unknown> = {
  'a proxy that throws': () => new Proxy({}, traps),
  'a revoked proxy': () => revoked({}),
  'a revoked proxy of a list': () => revoked([]),
  'an object whose tag throws': () => ({
    get [Symbol.toStringTag]() {
      return thrower();
    },
  }),
  'a list without end': () => Object.assign([], { length: 4_294_967_295 }),
  'a list whose items throw': () => Object.defineProperty([], 0, { get: thrower, enumerable: true }) as unknown,
  'an object that throws as text': () => ({
    toString: thrower,
    valueOf: thrower,
    toJSON: thrower,
    [Symbol.toPrimitive]: thrower,
  }),
  'a promise': () => Promise.resolve({}),
  'a proxy of a Map that throws': () => new Proxy(new Map(), { getPrototypeOf: thrower, has: thrower }),
  'a proxy of a function': () => new Proxy(thrower, traps),
  'a function': () => thrower,
  'a symbol': () => Symbol('s'),
  'a bigint': () => 5n,
  'an object without end': () => Object.fromEntries(Array.from({ length: 1001 }, (_, index) => [`k${index}`, 1])),
  'a circle': () => {
    const circle: Record<string, unknown> = {};
    circle['circle'] = circle;
    return circle;
  },
};

const KEYS = [
  'serviceName',
  'enabled',
  'maxCaptureBytes',
  'configFile',
  'logger',
  'sampling',
  'resource',
  'destinations',
];

describe('hostile options', () => {
  const others: Record<string, () => unknown> = {
    null: () => null,
    'a list': () => [],
    'a text': () => 'https://user:hunter2@host',
    'a number': () => 1,
    true: () => true,
    'a Map': () => new Map([['serviceName', 'x']]),
    'a Date': () => new Date(),
  };
  for (const [what, make] of Object.entries({ ...hostile, ...others })) {
    it(`that are ${what} end in CONFIG_INVALID`, () => {
      const error = errorOf(make());
      expect(error.code).equal('CONFIG_INVALID');
      expect(error.message).not.match(/hunter2|from the user/);
    });
  }

  for (const [what, make] of Object.entries(hostile)) {
    it(`that hold ${what} under a key end in CONFIG_INVALID`, () => {
      for (const key of KEYS) {
        const [problem] = problemsOf({ [key]: make() });
        expect(problem?.path, key).match(new RegExp(`^${key}`));
      }
    });

    it(`that hold ${what} in a destination end in CONFIG_INVALID`, () => {
      const values = ['provider', 'name', 'endpoint', 'headers', 'maxQueue', 'content'];
      for (const key of values) {
        const destinations = [{ provider: 'otlp', [key]: make() }];
        expect(problemsOf({ destinations })[0]?.path, key).match(/^destinations\[0\]/);
      }
      expect(problemsOf({ destinations: [make()] })[0]?.path).match(/^destinations/);
      const headers = { 'x-a': make() };
      expect(problemsOf({ destinations: [{ provider: 'otlp', headers }] })[0]?.path).equal(
        'destinations[0].headers.x-a',
      );
    });
  }

  it('with a getter that throws say which one', () => {
    const options = {
      serviceName: 'a',
      get environment() {
        return thrower();
      },
      get logger() {
        return thrower();
      },
    };
    expect(problemsOf(options).map(({ path, got }) => [path, got])).deep.equal([
      ['environment', 'a value that cannot be read'],
      ['logger', 'a value that cannot be read'],
    ]);
  });

  it('with a logger whose warn() cannot be read name it', () => {
    const logger = {
      get warn() {
        return thrower();
      },
    };
    expect(problemsOf({ logger })[0]).include({ path: 'logger', expected: 'an object with a warn() method' });
  });

  it('with an item that throws say which one', () => {
    const destinations: unknown[] = [{ provider: 'console' }];
    Object.defineProperty(destinations, 1, { get: thrower, enumerable: true });
    expect(problemsOf({ destinations })[0]).include({ path: 'destinations[1]', got: 'a value that cannot be read' });
  });

  it('that are a text show none of it', () => {
    expect(problemsOf('plain-secret')).deep.equal([
      { path: 'options', got: 'a text', expected: 'an object with options', source: 'code' },
    ]);
  });

  it('with a long text show its start, with a longer one none of it', () => {
    expect(problemsOf({ sampling: 'x'.repeat(500) })[0]?.got).equal(`"${'x'.repeat(60)}…"`);
    expect(problemsOf({ sampling: 'x'.repeat(501) })[0]?.got).equal('a text of 501 characters');
  });

  it('are read once, so that what was checked is what is used', () => {
    let reads = 0;
    const options = {
      get serviceName() {
        reads++;
        return reads === 1 ? 'checked' : { toString: thrower };
      },
    };
    expect(resolve(options).serviceName).equal('checked');
    expect(reads).equal(1);
  });

  it('give a copy that later changes do not reach', () => {
    const headers: Record<string, string> = { a: 'b' };
    const team = ['a'];
    const config = resolve({ resource: { team }, destinations: [{ provider: 'otlp', headers }] });
    headers['a'] = 'changed';
    team.push('b');
    expect(config.resource['team']).deep.equal(['a']);
    expect(otlpOf(config)).deep.include({ headers: { a: 'b' } });
  });

  it('of a class of the application are read by their own keys', () => {
    const options = Object.assign(new Later(), { environment: 'prod' });
    expect(resolve(options)).include({ environment: 'prod', serviceName: 'unknown_service:node' });
    expect(resolve(new Proxy({ environment: 'prod' }, {})).environment).equal('prod');
    expect(resolve(Object.assign(Object.create(null) as object, { environment: 'prod' })).environment).equal('prod');
  });

  it('with a logger that fails later are accepted: it is called under guard', () => {
    const logger = { warn: thrower };
    expect(resolve({ logger }).logger).equal(logger);
  });
});

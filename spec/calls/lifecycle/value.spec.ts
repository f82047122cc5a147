import { EventEmitter } from 'node:events';
import { createInterface } from 'node:readline';
import { PassThrough, Writable } from 'node:stream';

import { expect } from 'chai';

import { describeLifecycle } from './fixtures/lifecycle.js';
import type { LifecycleCase } from './fixtures/lifecycle.js';

const cases: readonly LifecycleCase<unknown>[] = [
  {
    title: 'undefined',
    make: (stage) => {
      stage.produce();
      stage.spend();
    },
    use: (value) => value,
  },
  ...[null, 0, '', 'text', 7n, true, Symbol('sign'), Number.NaN].map((value) => ({
    title: `the primitive ${String(value)}`,
    make: () => value,
    use: (given: unknown) => given,
  })),
  { title: 'a plain object', make: () => ({ a: 1 }), use: (value) => value },
  { title: 'an array of promises', make: () => [Promise.resolve(1)], use: (value) => Promise.all(value as []) },
  { title: 'a function', make: () => Math.max, use: (value) => expect(value).equal(Math.max) && undefined },
  { title: 'a class', make: () => EventEmitter, use: (value) => expect(value).equal(EventEmitter) && undefined },
  { title: 'an object without a prototype', make: () => Object.create(null) as object, use: (value) => value },
  { title: 'an iterator that is no generator', make: () => [1, 2].values(), use: (v) => [...(v as Iterable<number>)] },
  {
    title: 'a proxy, none of whose traps runs',
    make: (stage) => {
      const trap = (name: string): (() => never) => {
        return () => {
          stage.note(name);
          throw stage.failure;
        };
      };
      const traps = ['get', 'has', 'ownKeys', 'getPrototypeOf', 'getOwnPropertyDescriptor', 'isExtensible', 'set'];
      return new Proxy({}, Object.fromEntries(traps.map((name) => [name, trap(name)])));
    },
    use: () => undefined,
  },
  {
    title: 'an object whose `then` getter throws, which is not read',
    make: (stage) => ({
      get then(): never {
        stage.note('read');
        throw stage.failure;
      },
    }),
    use: () => undefined,
  },
  {
    title: 'an object of a class whose `then` getter throws, which is not read',
    make: (stage) => {
      class Trap {
        get then(): never {
          stage.note('read');
          throw stage.failure;
        }
      }
      return new Trap();
    },
    use: () => undefined,
  },
  { title: 'an object whose `then` is no function', make: () => ({ then: 'now' }), use: (value) => value },
  {
    title: 'a callable object with `then`',
    make: () =>
      Object.assign(() => 'called', {
        then(answer: (value: string) => void) {
          answer('answered');
        },
      }),
    use: (value) => value,
  },
  {
    title: 'an event emitter, without a listener of ours',
    make: () => new EventEmitter(),
    use: (value, stage) => {
      const emitter = value as EventEmitter;
      stage.note(emitter.eventNames().join());
      return emitter.emit('anything');
    },
  },
  {
    title: 'a readline interface, which emits and iterates',
    make: () => {
      const input = new PassThrough();
      input.end('a\nb\n');
      return createInterface({ input });
    },
    use: async (value, stage) => {
      const lines: string[] = [];
      for await (const line of value as AsyncIterable<string>) lines.push(line);
      stage.note(Object.hasOwn(value as object, Symbol.asyncIterator));
      return lines;
    },
  },
  {
    title: 'a Node Writable',
    make: () => new Writable({ write: (_chunk, _encoding, done) => done() }),
    use: (value, stage) => {
      stage.note((value as Writable).eventNames().join());
    },
  },
  {
    title: 'nothing, by a throw',
    make: (stage): never => {
      stage.produce();
      stage.spend();
      throw stage.failure;
    },
    use: () => undefined,
    outcome: 'error',
  },
];

describeLifecycle({ title: 'A value returned synchronously', isSameObject: true }, cases);

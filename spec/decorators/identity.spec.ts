// oxlint-disable-next-line import/no-unassigned-import -- it extends `Reflect`
import 'reflect-metadata';
import { expect } from 'chai';
import { Task, Traced } from 'spanwright';
import { methodOf } from './captured.js';

type Decorate = (target: unknown, second: unknown, descriptor?: PropertyDescriptor) => void;

/** Puts metadata on the function itself, as Nest's `SetMetadata` does, under both standards. */
function Meta(key: string, value: unknown): Decorate {
  return (target, _second, descriptor) => {
    Reflect.defineMetadata(key, value, (descriptor?.value ?? target) as object);
  };
}

/** Puts an own property on the function. */
function Label(label: string): Decorate {
  return (target, _second, descriptor) => {
    Object.assign((descriptor?.value ?? target) as object, { label });
  };
}

const MARK = Symbol('mark');
const HIDDEN = Symbol('hidden');

/** Puts own properties of every kind on the function, with metadata under keys of every kind, on itself and on one of them. */
function Adorn(reads: string[]): Decorate {
  return (target, _second, descriptor) => {
    const fn = (descriptor?.value ?? target) as object;
    Object.defineProperties(fn, {
      fixed: { value: 1 },
      [HIDDEN]: { value: { deep: true }, enumerable: false, configurable: true, writable: true },
      lazy: { get: () => reads.push('lazy'), enumerable: true, configurable: true },
    });
    Object.defineProperty(fn, 'toString', { value: () => 'adorned', configurable: true, writable: true });
    Reflect.defineMetadata(HIDDEN, 'by symbol', fn);
    Reflect.defineMetadata(MARK, undefined, fn);
    Reflect.defineMetadata('unit', 'ms', fn, 'fixed');
    Reflect.defineMetadata('unit', 's', fn, HIDDEN);
  };
}

class Subject {
  @Traced
  plain(_a: number, _b: number): number {
    return 1;
  }

  @Traced('renamed span')
  optional(_a: number, _b = 2, ..._rest: number[]): number {
    return 1;
  }

  @Task()
  @Traced
  async later(_a: number): Promise<number> {
    await Promise.resolve();
    return 1;
  }

  @Traced
  *steps(_a: number): Generator<number> {
    yield 1;
  }

  @Traced
  async *pages(): AsyncGenerator<number> {
    await Promise.resolve();
    yield 1;
  }

  @Traced
  [MARK](): void {}

  @Meta('roles', ['admin'])
  @Label('above')
  @Traced
  above(): void {}

  @Traced
  @Meta('roles', ['admin'])
  @Label('below')
  below(): void {}

  @Meta('upper', 1)
  @Traced
  @Meta('middle', 2)
  @Task('review')
  @Meta('lower', 3)
  mixed(): void {}

  untouched(_a: number): void {}
}

function ownKeysOf(fn: object): PropertyKey[] {
  return Reflect.ownKeys(fn).toSorted((a, b) => String(a).localeCompare(String(b)));
}

describe('what a decorated method looks like', () => {
  const { prototype } = Subject;
  const take = (key: PropertyKey): ReturnType<typeof methodOf> => methodOf(prototype, key);

  it('keeps name and length', () => {
    expect(take('plain')).to.include({ name: 'plain', length: 2 });
    expect(take('optional')).to.include({ name: 'optional', length: 1 });
    expect(take('later')).to.include({ name: 'later', length: 1 });
    expect(take(MARK)).to.include({ name: '[mark]', length: 0 });
  });

  it('keeps how its properties are defined', () => {
    expect(Object.getOwnPropertyDescriptor(prototype, 'plain')).to.include({
      enumerable: false,
      configurable: true,
      writable: true,
    });
    expect(Object.getOwnPropertyDescriptor(take('plain'), 'name')).to.include({ writable: false, enumerable: false });
    expect(ownKeysOf(take('plain'))).to.deep.equal(ownKeysOf(take('untouched')));
  });

  it('keeps what kind of function it is', () => {
    const kinds = [take('plain'), take('later'), take('steps'), take('pages')].map(
      (fn) => (Object.getPrototypeOf(fn) as { constructor: { name: string } }).constructor.name,
    );
    expect(kinds).to.deep.equal(['Function', 'AsyncFunction', 'GeneratorFunction', 'AsyncGeneratorFunction']);
    expect(new Subject().steps(1)).to.be.instanceOf(take('steps'));
  });

  it('has no [[Construct]] and no prototype of its own', () => {
    const Method = take('plain') as unknown as new () => unknown;
    expect(() => new Method()).to.throw(TypeError, 'not a constructor');
    expect(Object.hasOwn(take('plain'), 'prototype')).to.equal(false);
  });

  for (const order of ['above', 'below'] as const) {
    it(`keeps metadata and own properties of a decorator ${order}`, () => {
      expect(Reflect.getOwnMetadata('roles', take(order))).to.deep.equal(['admin']);
      expect(take(order)).to.have.property('label', order);
    });
  }

  it('keeps metadata from everywhere in a stack', () => {
    expect(Reflect.getOwnMetadataKeys(take('mixed'))).to.have.members(['lower', 'middle', 'upper']);
  });

  for (const place of ['on the method', 'on the class'] as const) {
    it(`keeps properties and metadata of every kind, ${place}`, () => {
      const reads: string[] = [];
      const nothing = (): void => undefined;
      const onMethod = (place === 'on the method' ? Traced : nothing) as Decorate;
      const onClass: (target: new () => object) => void = place === 'on the class' ? Traced : nothing;
      let seen: object = {};
      const See: Decorate = (target, _second, descriptor) => {
        seen = (descriptor?.value ?? target) as object;
      };
      @onClass
      class Adorned {
        @onMethod
        @Adorn(reads)
        @See
        method(_a: number): void {}
      }
      const method = methodOf(Adorned.prototype, 'method');
      expect(method, 'another function').to.not.equal(seen);
      expect(Object.getOwnPropertyDescriptors(method)).to.deep.equal(Object.getOwnPropertyDescriptors(seen));
      expect(reads, 'no getter was read').to.deep.equal([]);
      expect(Reflect.getOwnMetadataKeys(method)).to.have.members(Reflect.getOwnMetadataKeys(seen));
      expect(Reflect.getOwnMetadata(HIDDEN, method)).to.equal('by symbol');
      expect(Reflect.hasOwnMetadata(MARK, method)).to.equal(true);
      expect(Reflect.getOwnMetadata('unit', method, 'fixed')).to.equal('ms');
      expect(Reflect.getOwnMetadata('unit', method, HIDDEN)).to.equal('s');
      expect(String(method)).to.equal('adorned');
    });
  }

  it('keeps statics as they are, under a class decorator', () => {
    @Traced
    class Statics {
      @Meta('roles', ['admin'])
      static async find(_id: string, _limit = 1): Promise<void> {
        await Promise.resolve();
      }

      static find2(_id: string): void {}
    }
    expect(methodOf(Statics, 'find')).to.include({ name: 'find', length: 1 });
    expect(Reflect.getOwnMetadata('roles', methodOf(Statics, 'find'))).to.deep.equal(['admin']);
    expect(ownKeysOf(methodOf(Statics, 'find2'))).to.deep.equal(ownKeysOf(take('untouched')));
  });

  it('leaves the function below as it was', () => {
    let below: object = {};
    class Layers {
      @Meta('above', 1)
      @Label('above')
      @Traced
      @((target: unknown, _second: unknown, descriptor?: PropertyDescriptor): void => {
        below = (descriptor?.value ?? target) as object;
      })
      method(): void {}
    }
    expect(methodOf(Layers.prototype, 'method')).to.have.property('label', 'above');
    expect(below).to.not.have.property('label');
    expect(Reflect.getOwnMetadataKeys(below)).to.not.include('above');
  });

  it('leaves out a name that was deleted', () => {
    const fn = (): void => undefined;
    Reflect.deleteProperty(fn, 'name');
    expect(ownKeysOf(Traced.wrap(fn))).to.deep.equal(['length']);
    expect(Traced.wrap(fn).name).to.equal('');
  });

  it('keeps a getter’s name and leaves its setter the same function', () => {
    const set = function set(this: { value: number }, value: number): void {
      this.value = value;
    };
    class WithGetter {
      value = 1;

      @Traced
      get size(): number {
        return this.value;
      }
    }
    Object.defineProperty(WithGetter.prototype, 'size', {
      ...Object.getOwnPropertyDescriptor(WithGetter.prototype, 'size'),
      set,
    });
    const own = Object.getOwnPropertyDescriptor(WithGetter.prototype, 'size');
    expect(own).to.have.property('get').that.includes({ name: 'get size', length: 0 });
    expect(own).to.include({ enumerable: false, configurable: true });
  });

  it('takes over what wrap is given, symbols and accessors included', () => {
    const extra = Symbol('extra');
    const fn = Object.assign((_a: number): number => _a, { [extra]: 1 });
    let reads = 0;
    Object.defineProperty(fn, 'lazy', { get: () => ++reads, configurable: true });
    Object.defineProperty(fn, 'name', { value: 'renamed' });
    Reflect.defineMetadata('roles', ['admin'], fn);
    const wrapped = Traced.wrap(fn);
    expect(reads, 'no getter was read').to.equal(0);
    expect(wrapped.name).to.equal('renamed');
    expect(wrapped[extra]).to.equal(1);
    expect(Reflect.getOwnMetadata('roles', wrapped)).to.deep.equal(['admin']);
    Object.assign(wrapped, { later: true });
    expect(fn).to.not.have.property('later');
  });
});

import { expect } from 'chai';
import { Task, Traced } from 'spanwright';
import { methodOf, namesOf, onlySpanOf } from './captured.js';

type Method = (this: unknown, ...args: unknown[]) => unknown;

/** Somebody else's decorator that replaces the method, under both standards; copies own properties as many do. */
function Doubling(target: unknown, _context: unknown, descriptor?: PropertyDescriptor): unknown {
  const wrap = (method: Method): Method => {
    const doubled = function doubled(this: unknown, ...args: unknown[]): unknown {
      return Number(Reflect.apply(method, this, args)) * 2;
    };
    Object.assign(doubled, method);
    return doubled;
  };
  if (descriptor === undefined) return wrap(target as Method);
  return { ...descriptor, value: wrap(descriptor.value as Method) };
}

const Foreign: (target: unknown, context: unknown, descriptor?: PropertyDescriptor) => void = Doubling;

class Stacked {
  @Traced('outer')
  @Foreign
  @Traced('inner')
  between(): number {
    return 21;
  }

  @Foreign
  @Traced('below')
  above(): number {
    return 21;
  }

  @Traced('above')
  @Foreign
  below(): number {
    return 21;
  }

  @Traced
  @Foreign
  unnamed(): number {
    return 21;
  }
}

describe('somebody else’s decorator', () => {
  it('between two of ours gives two calls, one inside the other', async () => {
    expect(await namesOf(() => expect(new Stacked().between()).to.equal(42))).to.deep.equal(['inner', 'outer']);
  });

  it('above or below ours leaves one', async () => {
    expect(await namesOf(() => expect(new Stacked().above()).to.equal(42))).to.deep.equal(['below']);
    expect(await namesOf(() => expect(new Stacked().below()).to.equal(42))).to.deep.equal(['above']);
  });

  it('does not take the default name away', async () => {
    expect(await namesOf(() => new Stacked().unnamed())).to.deep.equal(['Stacked.unnamed']);
  });
});

describe('wrappers that share a function', () => {
  it('leave each other untouched: wrap of a wrapped function', async () => {
    const plain = (n: number): number => n + 1;
    const first = Traced.wrap('first', plain);
    const second = Traced.wrap('second', first);
    const task = Task.wrap('third', first);
    expect(new Set([plain, first, second, task])).to.have.lengthOf(4);
    expect(await namesOf(() => expect(second(1)).to.equal(2))).to.deep.equal(['second']);
    expect(await namesOf(() => expect(first(1)).to.equal(2))).to.deep.equal(['first']);
    expect(await namesOf(() => expect(task(1)).to.equal(2))).to.deep.equal(['first']);
    expect(await namesOf(() => expect(plain(1)).to.equal(2))).to.deep.equal([]);
  });

  it('leave each other untouched: wrap of a decorated method', async () => {
    class Source {
      @Traced
      work(): string {
        return this.constructor.name;
      }
    }
    const source = new Source();
    const before = methodOf(Source.prototype, 'work');
    const taken = Traced.wrap({ name: 'taken', attributes: { taken: true } }, before);
    expect(methodOf(Source.prototype, 'work')).to.equal(before);
    const span = await onlySpanOf(() => expect(taken.call(source)).to.equal('Source'));
    expect(span.name).to.equal('taken');
    expect((await onlySpanOf(() => source.work())).attributes).to.not.have.property('taken');
  });

  it('leave each other untouched: mixins that take the same method', async () => {
    const shared = {
      greet(): string {
        return 'hello';
      },
    };
    class Left {
      declare greet: () => string;
    }
    class Right {
      declare greet: () => string;
    }
    Left.prototype.greet = Traced.wrap('left', methodOf(shared, 'greet') as () => string);
    Right.prototype.greet = Traced.wrap('right', methodOf(Left.prototype, 'greet') as () => string);
    expect(await namesOf(() => new Left().greet())).to.deep.equal(['left']);
    expect(await namesOf(() => new Right().greet())).to.deep.equal(['right']);
    expect(await namesOf(() => shared.greet())).to.deep.equal([]);
  });

  it('keep apart the classes that a mixin function makes', async () => {
    const withGreeting = (label: string): new () => { greet(): string } => {
      class Greeter {
        @Traced({ attributes: { label } })
        greet(): string {
          return label;
        }
      }
      return Greeter;
    };
    const [English, German] = [withGreeting('hello'), withGreeting('hallo')];
    const span = await onlySpanOf(() => expect(new English().greet()).to.equal('hello'));
    expect(span.attributes).to.include({ label: 'hello' });
    expect((await onlySpanOf(() => new German().greet())).attributes).to.include({ label: 'hallo' });
  });

  it('keep a base untouched when a subclass decorates what it inherits', async () => {
    class Base {
      @Traced('base')
      work(): void {}
    }
    class Sub extends Base {}
    Object.defineProperty(Sub.prototype, 'work', {
      value: Traced.wrap('sub', methodOf(Base.prototype, 'work')),
      writable: true,
    });
    expect(await namesOf(() => new Sub().work())).to.deep.equal(['sub']);
    expect(await namesOf(() => new Base().work())).to.deep.equal(['base']);
  });
});

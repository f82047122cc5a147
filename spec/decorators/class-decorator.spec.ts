import { expect } from 'chai';
import { Task, Traced } from 'spanwright';
import { namesOf, spansOf } from './captured.js';

const VISIT = Symbol('visit');
let reads = 0;

@Traced
class Plain {
  static created = 0;
  static helper = (): string => 'a field';
  static Nested = class Inner {
    work(): string {
      return 'nested';
    }
  };

  field = (): string => 'own field';

  constructor() {
    Plain.created++;
  }

  sync(): string {
    return 'sync';
  }

  async later(): Promise<string> {
    await Promise.resolve();
    return 'later';
  }

  *walk(): Generator<number> {
    yield 1;
  }

  [VISIT](): string {
    return 'visited';
  }

  get lazy(): string {
    reads++;
    return 'lazy';
  }

  accessor level = 3;

  static make(): Plain {
    return new this();
  }
}

@Traced({ include: ['take', VISIT], attributes: { taken: true } })
class Included {
  take(): void {}

  leave(): void {}

  [VISIT](): void {}

  static take(): void {}
}

@Traced({ exclude: /^(?:skip|\$)/g })
class Excluded {
  skipOne(): void {}

  skipTwo(): void {}

  keep(): void {}

  static $hidden(): void {}
}

@Traced({ name: 'tickets', include: /e/, exclude: ['delete'] })
class Both {
  create(): void {}

  delete(): void {}

  list(): void {}
}

@Traced({ attributes: { from: 'class' } })
class Mixed {
  @Traced({ name: 'own name', attributes: { from: 'method' } })
  own(): void {}

  @Task('review')
  task(): void {}

  other(): void {}
}

class Child extends Plain {
  override sync(): string {
    return `child ${super.sync()}`;
  }

  extra(): string {
    return 'extra';
  }
}

describe('Traced on a class', () => {
  it('traces own methods of every kind, and statics', async () => {
    const names = await namesOf(async () => {
      const plain = Plain.make();
      expect(plain.sync()).to.equal('sync');
      expect(await plain.later()).to.equal('later');
      expect([...plain.walk()]).to.deep.equal([1]);
      expect(plain[VISIT]()).to.equal('visited');
    });
    expect(names).to.deep.equal(['Plain.make', 'Plain.sync', 'Plain.later', 'Plain.walk', 'Plain.[visit]']);
  });

  it('leaves the constructor, getters, accessors, fields and nested classes alone', async () => {
    reads = 0;
    const names = await namesOf(() => {
      const plain = new Plain();
      expect(plain.lazy).to.equal('lazy');
      expect(plain.level).to.equal(3);
      expect(plain.field()).to.equal('own field');
      expect(Plain.helper()).to.equal('a field');
      expect(new Plain.Nested().work()).to.equal('nested');
    });
    expect(names).to.deep.equal([]);
    expect(reads, 'the decorator reads no getter').to.equal(1);
  });

  it('keeps the class the same object', () => {
    const plain = Plain.make();
    expect(Plain.name).to.equal('Plain');
    expect(plain).to.be.instanceOf(Plain);
    expect(plain.constructor).to.equal(Plain);
    expect(Object.getPrototypeOf(plain)).to.equal(Plain.prototype);
    expect(Object.keys(Plain.prototype)).to.deep.equal([]);
  });

  it('takes the members of include', async () => {
    const spans = await spansOf(() => {
      new Included().take();
      new Included().leave();
      new Included()[VISIT]();
      Included.take();
    });
    expect(spans.map(({ name }) => name)).to.deep.equal(['Included.take', 'Included.[visit]', 'Included.take']);
    expect(spans.every(({ attributes }) => attributes['taken'] === true)).to.equal(true);
  });

  it('leaves out the members of exclude, whatever flags the pattern has', async () => {
    const names = await namesOf(() => {
      new Excluded().skipOne();
      new Excluded().skipTwo();
      new Excluded().keep();
      Excluded.$hidden();
    });
    expect(names).to.deep.equal(['Excluded.keep']);
  });

  it('puts its name in the place of the class, and exclude over include', async () => {
    const names = await namesOf(() => {
      new Both().create();
      new Both().delete();
      new Both().list();
    });
    expect(names).to.deep.equal(['tickets.create']);
  });

  it('fills only methods that have no decorator of ours: one span', async () => {
    const spans = await spansOf(() => {
      new Mixed().own();
      new Mixed().task();
      new Mixed().other();
    });
    expect(spans.map(({ name }) => name)).to.deep.equal(['own name', 'task review', 'Mixed.other']);
    expect(spans.map(({ attributes }) => attributes['from'])).to.deep.equal(['method', undefined, 'class']);
  });

  it('does not reach into subclasses; super calls keep the name of the class', async () => {
    const names = await namesOf(() => {
      const child = new Child();
      expect(child.sync()).to.equal('child sync');
      expect(child.extra()).to.equal('extra');
      expect(Child.make()).to.be.instanceOf(Child);
    });
    expect(names).to.deep.equal(['Plain.sync', 'Plain.make']);
  });

  it('changes nothing while nobody listens', async () => {
    const plain = Plain.make();
    expect(plain.sync()).to.equal('sync');
    expect(await plain.later()).to.equal('later');
  });

  it('leaves members that cannot be replaced', async () => {
    class Fixed {
      work(): string {
        return 'fixed';
      }

      other(): string {
        return 'other';
      }
    }
    Object.defineProperty(Fixed.prototype, 'work', { writable: false, configurable: false });
    (Traced() as (target: unknown) => void)(Fixed);
    const names = await namesOf(() => {
      expect(new Fixed().work()).to.equal('fixed');
      expect(new Fixed().other()).to.equal('other');
    });
    expect(names).to.deep.equal(['Fixed.other']);
  });

  it('leaves a class that is a hidden static, and the constructor of an old-style class', async () => {
    class Inner {
      work(): void {}
    }
    class Outer {
      declare static Inner: typeof Inner;
    }
    Object.defineProperty(Outer, 'Inner', { value: Inner, configurable: true, writable: true });
    function Old(this: object): void {}
    Object.assign(Old.prototype as object, { work: (): string => 'old' });
    const decorate = Traced() as (target: unknown) => void;
    for (const target of [Outer, Old]) decorate(target);
    expect(Outer.Inner).to.equal(Inner);
    const { prototype } = Old as { prototype: { constructor: unknown; work(): string } };
    expect(prototype.constructor).to.equal(Old);
    expect(await namesOf(() => expect(prototype.work()).to.equal('old'))).to.deep.equal(['Old.work']);
  });
});

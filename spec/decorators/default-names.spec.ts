import { expect } from 'chai';
import { health, Task, Traced } from 'spanwright';
import { hostileProxy } from '../calls/hooks/misbehaviors.js';
import { methodOf, namesOf, onlySpanOf } from './captured.js';

const MARK = Symbol('mark');
const NAMELESS = Symbol();
const computed = ['made', 'up'].join(' ');

class Base {
  @Traced
  work(): string {
    return 'base';
  }

  @Traced()
  inherited(): string {
    return 'inherited';
  }

  @Traced
  static make(): string {
    return 'made';
  }

  @Traced
  get size(): number {
    return 1;
  }

  @Traced
  [MARK](): string {
    return 'symbol';
  }

  @Traced
  [NAMELESS](): string {
    return 'nameless';
  }

  @Traced
  [computed](): string {
    return 'computed';
  }

  @Traced
  42(): string {
    return 'number';
  }
}

class Silent extends Base {
  override work(): string {
    return `silent ${super.work()}`;
  }
}

class Loud extends Base {
  @Traced
  override work(): string {
    return `loud ${super.work()}`;
  }
}

describe('default names', () => {
  it('are those of the declaring class on an instance of a subclass', async () => {
    const names = await namesOf(() => {
      const silent = new Silent();
      expect(silent.inherited()).to.equal('inherited');
      expect(silent.size).to.equal(1);
      expect(Silent.make()).to.equal('made');
    });
    expect(names).to.deep.equal(['Base.inherited', 'Base.size', 'Base.make']);
  });

  it('leave an override without a decorator alone; super gives the class that declared it', async () => {
    expect(await namesOf(() => expect(new Silent().work()).to.equal('silent base'))).to.deep.equal(['Base.work']);
  });

  it('give an override with a decorator and its super call a span each', async () => {
    const names = await namesOf(() => expect(new Loud().work()).to.equal('loud base'));
    expect(names).to.deep.equal(['Base.work', 'Loud.work']);
  });

  it('stay the same whoever calls first', async () => {
    class Parent {
      @Traced
      shared(): void {}
    }
    class Child extends Parent {}
    const names = await namesOf(() => {
      new Child().shared();
      new Parent().shared();
      new Child().shared();
    });
    expect(names).to.deep.equal(['Parent.shared', 'Parent.shared', 'Parent.shared']);
  });

  it('show symbols in brackets, computed and numeric keys as they are', async () => {
    const names = await namesOf(() => {
      const base = new Base();
      expect(base[MARK]()).to.equal('symbol');
      expect(base[NAMELESS]()).to.equal('nameless');
      expect(methodOf(Base.prototype, computed).call(base)).to.equal('computed');
      expect(base[42]()).to.equal('number');
    });
    expect(names).to.deep.equal(['Base.[mark]', 'Base.[]', 'Base.made up', 'Base.42']);
  });

  it('are on the span as code.function.name, whatever its name', async () => {
    class Named {
      @Task({ type: 'odd', spanName: 'something else' })
      work(): void {}
    }
    const span = await onlySpanOf(() => new Named().work());
    expect(span.name).to.equal('something else');
    expect(span.attributes['code.function.name']).to.equal('Named.work');
  });

  it('do not come from a static member called name', async () => {
    class Labelled {
      static name(): string {
        return 'label';
      }

      @Traced
      work(): void {}
    }
    class Guarded {
      static get name(): string {
        throw new Error('not yours');
      }

      @Traced
      work(): void {}
    }
    const names = await namesOf(() => {
      new Labelled().work();
      new Guarded().work();
    });
    expect(names).to.deep.equal(['work', 'work']);
  });

  it('are the method’s alone in a class without a name', async () => {
    const make = (): new () => { work(): void } => {
      const holder = [
        class {
          work(): void {}
        },
      ];
      return holder[0] as new () => { work(): void };
    };
    const Nameless = make();
    (Traced() as (target: unknown) => void)(Nameless);
    expect(await namesOf(() => new Nameless().work())).to.deep.equal(['work']);
  });

  it('run no trap of a proxy that the program calls through', async () => {
    // Never called before: the class of a method is looked for until it is found.
    class Fresh {
      @Traced
      work(): string {
        return 'fresh';
      }
    }
    const before = health().guarded;
    const names = await namesOf(() => {
      expect(methodOf(Fresh.prototype, 'work').call(hostileProxy())).to.equal('fresh');
    });
    expect(names).to.have.lengthOf(1);
    expect(health().guarded).to.deep.equal(before);
  });
});

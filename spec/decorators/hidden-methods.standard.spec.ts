import { expect } from 'chai';
import { Traced } from 'spanwright';
import { namesOf } from './captured.js';

type Method = (this: unknown) => unknown;

/** Somebody else's decorator that stands above ours, so that no class holds our wrapper. */
function Hiding(method: Method): Method {
  return function hidden(this: unknown) {
    return method.call(this);
  };
}

class Parent {
  @Hiding
  @Traced()
  work(): unknown {
    return undefined;
  }
}
class Left extends Parent {}
class Right extends Parent {}

describe('a method that another wrapper hides', () => {
  it('is named after the class of each caller, not after that of the first', async () => {
    const names = await namesOf(() => {
      new Left().work();
      new Right().work();
      new Left().work();
    });
    expect(names).to.deep.equal(['Left.work', 'Right.work', 'Left.work']);
  });
});

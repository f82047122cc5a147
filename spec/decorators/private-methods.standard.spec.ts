import { expect } from 'chai';
import { Task, Traced, Workflow } from 'spanwright';
import { namesOf } from './captured.js';

class Vault {
  #opened = 0;

  @Traced
  #open(by: number): number {
    this.#opened += by;
    return this.#opened;
  }

  @Task({ type: 'lock', attributes: (times: number) => ({ times }) })
  async #lock(times: number): Promise<number> {
    await Promise.resolve();
    return this.#opened * times;
  }

  @Traced('status of a vault')
  get #status(): string {
    return this.#opened > 0 ? 'open' : 'closed';
  }

  @Traced
  accessor #level = 1;

  @Workflow
  static #build(): Vault {
    return new this();
  }

  static make(): Vault {
    return Vault.#build();
  }

  async visit(): Promise<unknown[]> {
    this.#level += 1;
    return [this.#open(2), await this.#lock(3), this.#status, this.#level];
  }
}

@Traced
class Sealed {
  #hidden(): string {
    return 'hidden';
  }

  @Traced
  #shown(): string {
    return 'shown';
  }

  both(): string {
    return this.#hidden() + this.#shown();
  }
}

describe('decorators on #private members', () => {
  it('trace methods, getters, accessors and statics', async () => {
    const names = await namesOf(async () => {
      expect(await Vault.make().visit()).to.deep.equal([2, 6, 'open', 2]);
    });
    expect(names).to.deep.equal([
      'workflow Vault.#build',
      'Vault.#level',
      'Vault.#open',
      'task lock',
      'status of a vault',
      'Vault.#level',
    ]);
  });

  it('do not come from the class decorator, which cannot see them', async () => {
    const names = await namesOf(() => expect(new Sealed().both()).to.equal('hiddenshown'));
    expect(names).to.deep.equal(['Sealed.#shown', 'Sealed.both']);
  });

  it('leave plain calls alone while nobody listens', async () => {
    expect(await Vault.make().visit()).to.deep.equal([2, 6, 'open', 2]);
  });
});

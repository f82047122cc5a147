import { expect } from 'chai';
import { Traced } from 'spanwright';
import { methodOf, namesOf } from './captured.js';

describe('the declaring class in default names', () => {
  it('is known for a method that was taken off its object', async () => {
    class Detached {
      @Traced
      run(): string {
        return 'ran';
      }

      @Traced()
      static build(): string {
        return 'built';
      }
    }
    expect(new Detached().run()).to.equal('ran');
    const run = methodOf(Detached.prototype, 'run');
    const build = methodOf(Detached, 'build');
    const names = await namesOf(() => {
      expect(run()).to.equal('ran');
      expect(build()).to.equal('built');
    });
    expect(names).to.deep.equal(['Detached.run', 'Detached.build']);
  });

  it('is known for a method called on something else', async () => {
    class Lent {
      @Traced
      run(): string {
        return String((this as { label?: string }).label);
      }
    }
    class Borrower extends Lent {
      readonly label = 'borrower';
    }
    const names = await namesOf(() => {
      const lent = new Lent();
      expect(lent.run.call({ label: 'plain' } as never)).to.equal('plain');
      expect(new Proxy(new Borrower(), {}).run()).to.equal('borrower');
      expect(new Borrower().run()).to.equal('borrower');
    });
    expect(names).to.deep.equal(['Lent.run', 'Lent.run', 'Lent.run']);
  });
});

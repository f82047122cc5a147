import { expect } from 'chai';
import { Task, Traced } from 'spanwright';
import { captureSpans } from 'spanwright/testing';

describe('an explicit attribute', () => {
  it('beats what another decorator says by itself, above it and below', async () => {
    class Reviews {
      @Traced({ attributes: { 'task.type': 'mine' } })
      @Task('review')
      above(): number {
        return 1;
      }

      @Task('review')
      @Traced({ attributes: { 'task.type': 'mine' } })
      below(): number {
        return 1;
      }
    }
    const types = await captureSpans((spans) => {
      new Reviews().above();
      new Reviews().below();
      return spans.finished().map(({ name, attributes }) => [name, attributes['task.type']]);
    });
    expect(types).to.deep.equal([
      ['task review', 'mine'],
      ['task review', 'mine'],
    ]);
  });
});

import { expect } from 'chai';
import { Task } from 'spanwright';
import { onlySpanOf } from './captured.js';

interface Review {
  score?: number;
  verdict?: string;
}

class Reviewer {
  readonly team = 'red';

  @Task
  plain(): void {}

  @Task({
    id: (path: string) => path,
    type: 'review',
    description(this: Reviewer, path: string) {
      return `${this.team} reviews ${path}`;
    },
    score: (review: Review) => review.score,
    status: (review: Review) => review.verdict,
  })
  async review(_path: string, review: Review = {}): Promise<Review> {
    await Promise.resolve();
    return review;
  }

  @Task({ type: (kind: string | undefined) => kind as string })
  typed(_kind: string | undefined): void {}

  @Task({ id: 'one', type: 'fixed', description: 'z'.repeat(500) })
  fixed(): void {}

  @Task({ type: 'failing', score: () => 1, status: () => 'never' })
  async failing(): Promise<never> {
    await Promise.resolve();
    throw new TypeError('no');
  }

  @Task({ type: 'expected', expectedErrors: [TypeError] })
  expected(): never {
    throw new TypeError('no');
  }

  @Task('stream')
  *items(): Generator<number> {
    yield 1;
    yield 2;
  }

  @Task({
    type: 'hooks',
    id: () => {
      throw new Error('broken');
    },
    description: () => undefined,
    score: () => Number.NaN,
    status: () => '',
  })
  hooks(): void {}
}

const attributesOf = async (work: () => unknown): Promise<Record<string, unknown>> => {
  const { attributes } = await onlySpanOf(work);
  return Object.fromEntries(Object.entries(attributes).filter(([key]) => key.startsWith('task.')));
};

describe('Task', () => {
  it('has task.type and task.status and nothing else by default', async () => {
    const span = await onlySpanOf(() => new Reviewer().plain());
    expect(span.name).to.equal('task Reviewer.plain');
    expect(span.attributes).to.deep.equal({
      'code.function.name': 'Reviewer.plain',
      'task.type': 'Reviewer.plain',
      'task.status': 'completed',
    });
  });

  it('has id, type, description, status and score, from arguments, `this` and result', async () => {
    const review = { score: 0.5, verdict: 'good' };
    expect(await attributesOf(() => new Reviewer().review('a.ts', review))).to.deep.equal({
      'task.id': 'a.ts',
      'task.type': 'review',
      'task.description': 'red reviews a.ts',
      'task.status': 'good',
      'task.score': 0.5,
    });
  });

  it('has no task.score when there is none, and 0 when it is 0', async () => {
    const none = await attributesOf(() => new Reviewer().review('a.ts'));
    expect(none).to.not.have.property('task.score');
    expect(none).to.include({ 'task.status': 'completed' });
    const zero = await attributesOf(() => new Reviewer().review('a.ts', { score: 0 }));
    expect(zero).to.include({ 'task.score': 0 });
  });

  it('makes the span name from the type, whatever that is made from', async () => {
    expect((await onlySpanOf(() => new Reviewer().typed('merge'))).name).to.equal('task merge');
    const untyped = await onlySpanOf(() => new Reviewer().typed(undefined));
    expect(untyped.name).to.equal('task Reviewer.typed');
    expect(untyped.attributes).to.include({ 'task.type': 'Reviewer.typed' });
  });

  it('takes values as they are and cuts the description at 200 characters', async () => {
    expect(await attributesOf(() => new Reviewer().fixed())).to.deep.equal({
      'task.id': 'one',
      'task.type': 'fixed',
      'task.description': 'z'.repeat(200),
      'task.status': 'completed',
    });
  });

  it('that throws failed, with no score and no status of its own', async () => {
    const attributes = await attributesOf(() => new Reviewer().failing().catch(() => {}));
    expect(attributes).to.deep.equal({ 'task.type': 'failing', 'task.status': 'failed' });
  });

  it('that throws what it may failed, too', async () => {
    const attributes = await attributesOf(() => expect(() => new Reviewer().expected()).to.throw(TypeError));
    expect(attributes).to.deep.equal({ 'task.type': 'expected', 'task.status': 'failed' });
  });

  it('whose stream is left is cancelled', async () => {
    const attributes = await attributesOf(() => {
      for (const item of new Reviewer().items()) if (item === 1) break;
    });
    expect(attributes).to.deep.equal({ 'task.type': 'stream', 'task.status': 'cancelled' });
  });

  it('is completed when its hooks fail or give nothing', async () => {
    const attributes = await attributesOf(() => new Reviewer().hooks());
    expect(attributes).to.deep.equal({ 'task.type': 'hooks', 'task.status': 'completed' });
  });
});

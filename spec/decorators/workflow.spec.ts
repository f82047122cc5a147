import { expect } from 'chai';
import { getTracer, Task, Traced, withContext, Workflow } from 'spanwright';
import type { FinishedSpan } from 'spanwright/testing';
import { onlySpanOf, spansOf } from './captured.js';

const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

class Step {
  @Task('step')
  async run(): Promise<void> {
    await Promise.resolve();
    this.inner();
  }

  @Traced
  inner(): void {
    getTracer().startActiveSpan('by hand', (span) => span.end());
  }
}

class Project {
  @Workflow
  plain(): void {}

  @Workflow({ name: 'nightly', description: (text: string) => text, attributes: { own: true } })
  described(_text: string): void {}

  @Workflow({ description: 'x'.repeat(201), runId: 'run-1' })
  fixed(): void {}

  @Workflow({ runId: (id: string | undefined) => id })
  async chosen(_id: string | undefined): Promise<void> {
    await new Step().run();
  }

  @Workflow({ name: 'outer', runId: 'run-1' })
  async outer(): Promise<void> {
    await this.inner();
  }

  @Workflow('inner')
  async inner(): Promise<void> {
    await new Step().run();
  }

  @Workflow({ name: 'failing', description: 'text' })
  failing(): never {
    throw new Error('no');
  }
}

function runIdsOf(spans: readonly FinishedSpan[]): [string, unknown][] {
  return spans.map(({ name, attributes }) => [name, attributes['run.id']]);
}

describe('Workflow', () => {
  it('has workflow.name, a run.id and nothing else by default', async () => {
    const span = await onlySpanOf(() => new Project().plain());
    expect(span.name).to.equal('workflow Project.plain');
    expect(span.attributes['run.id']).to.match(UUID);
    expect(span.attributes).to.deep.equal({
      'code.function.name': 'Project.plain',
      'workflow.name': 'Project.plain',
      'run.id': span.attributes['run.id'],
    });
  });

  it('takes attributes and arguments as every decorator does', async () => {
    const work = Workflow.wrap(
      { name: 'nightly', args: true, attributes: (size: number) => ({ 'batch.size': size }) },
      (size: number) => size,
    );
    expect((await onlySpanOf(() => work(7))).attributes).to.include({ 'batch.size': 7, 'spanwright.arguments': '[7]' });
  });

  it('has a run.id of its own each time', async () => {
    const spans = await spansOf(() => {
      new Project().plain();
      new Project().plain();
    });
    expect(new Set(spans.map(({ attributes }) => attributes['run.id']))).to.have.lengthOf(2);
  });

  it('has project.description, made from the arguments', async () => {
    const span = await onlySpanOf(() => new Project().described('two tickets'));
    expect(span.name).to.equal('workflow nightly');
    expect(span.attributes).to.include({
      'workflow.name': 'nightly',
      'project.description': 'two tickets',
      own: true,
    });
    expect((await onlySpanOf(() => new Project().described(''))).attributes).to.not.have.property(
      'project.description',
    );
  });

  it('cuts the description at 200 characters and no character in two', async () => {
    const span = await onlySpanOf(() => new Project().fixed());
    expect(span.attributes['project.description']).to.equal('x'.repeat(200));
    const exact = await onlySpanOf(() => new Project().described('y'.repeat(200)));
    expect(exact.attributes['project.description']).to.equal('y'.repeat(200));
    const pair = await onlySpanOf(() => new Project().described(`${'y'.repeat(199)}😀`));
    expect(pair.attributes['project.description']).to.equal('y'.repeat(199));
  });

  it('gives its run.id to every span below, spans of ours and of others', async () => {
    const spans = await spansOf(() => new Project().chosen('run-7'));
    expect(runIdsOf(spans.filter(({ name }) => name !== 'by hand'))).to.deep.equal([
      ['Step.inner', 'run-7'],
      ['task step', 'run-7'],
      ['workflow Project.chosen', 'run-7'],
    ]);
  });

  it('takes the run.id of withContext, and makes one where its own function gives none', async () => {
    const inherited = await spansOf(() => withContext({ runId: 'given' }, () => new Project().chosen(undefined)));
    expect(new Set(inherited.map(({ attributes }) => attributes['run.id'] ?? 'given'))).to.deep.equal(
      new Set(['given']),
    );
    const own = await spansOf(() => withContext({ runId: 'given' }, () => new Project().chosen('own')));
    expect(own.at(-1)?.attributes['run.id']).to.equal('own');
    const made = await spansOf(() => new Project().chosen(undefined));
    expect(made.at(-1)?.attributes['run.id']).to.match(UUID);
    expect(made[1]?.attributes['run.id']).to.equal(made.at(-1)?.attributes['run.id']);
  });

  it('inside another one shares the run', async () => {
    const spans = await spansOf(() => new Project().outer());
    expect(spans.map(({ name }) => name)).to.deep.equal([
      'by hand',
      'Step.inner',
      'task step',
      'workflow inner',
      'workflow outer',
    ]);
    expect(spans.slice(1).map(({ attributes }) => attributes['run.id'])).to.deep.equal(
      Array.from({ length: 4 }, () => 'run-1'),
    );
  });

  it('is not in what runs after it', async () => {
    const spans = await spansOf(async () => {
      await new Project().chosen('run-7');
      await new Step().run();
    });
    expect(spans.at(-1)?.name).to.equal('task step');
    expect(spans.at(-1)?.attributes).to.not.have.property('run.id');
  });

  it('that throws is a failed span with its attributes', async () => {
    const span = await onlySpanOf(() => expect(() => new Project().failing()).to.throw('no'));
    expect(span.status.code).to.equal(2);
    expect(span.attributes).to.include({ 'workflow.name': 'failing', 'error.type': 'Error' });
  });
});

import { SpanKind } from '@opentelemetry/api';
import { expect } from 'chai';
import { Task, Traced, Workflow } from 'spanwright';
import type { FinishedSpan } from 'spanwright/testing';
import { namesOf, onlySpanOf } from './captured.js';

const COMMON = ['code.function.name', 'run.id'];

function without(span: FinishedSpan, ...keys: string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(span.attributes).filter(([key]) => !keys.includes(key)));
}

class Orders {
  @Traced
  @Task('review')
  tracedOverTask(): void {}

  @Task('review')
  @Traced
  taskOverTraced(): void {}

  @Traced()
  @Workflow('nightly')
  tracedOverWorkflow(): void {}

  @Workflow('nightly')
  @Traced()
  workflowOverTraced(): void {}

  @Task('review')
  @Workflow('nightly')
  taskOverWorkflow(): void {}

  @Workflow('nightly')
  @Task('review')
  workflowOverTask(): void {}

  @Task('review')
  @Traced
  @Workflow('nightly')
  allThree(): void {}
}

const ordered: [keyof Orders, string][] = [
  ['tracedOverTask', 'task review'],
  ['taskOverTraced', 'task review'],
  ['tracedOverWorkflow', 'workflow nightly'],
  ['workflowOverTraced', 'workflow nightly'],
  ['taskOverWorkflow', 'workflow nightly'],
  ['workflowOverTask', 'workflow nightly'],
  ['allThree', 'workflow nightly'],
];

describe('decorators on one method', () => {
  for (const [method, name] of ordered) {
    it(`give one span, named by the strongest: ${method}`, async () => {
      expect((await onlySpanOf(() => new Orders()[method]())).name).to.equal(name);
    });
  }

  it('each add their attributes', async () => {
    const span = await onlySpanOf(() => new Orders().allThree());
    expect(without(span, ...COMMON)).to.deep.equal({
      'workflow.name': 'nightly',
      'task.type': 'review',
      'task.status': 'completed',
    });
    expect(span.attributes).to.include({ 'code.function.name': 'Orders.allThree' });
    expect(span.attributes['run.id']).to.be.a('string');
  });

  it('let an explicit span name win, the topmost first', async () => {
    class Names {
      @Traced('mine')
      @Workflow('nightly')
      above(): void {}

      @Workflow('nightly')
      @Traced('mine')
      below(): void {}

      @Task({ type: 'review', spanName: 'of the task' })
      @Traced('of the trace')
      both(): void {}

      @Traced('of the trace')
      @Task({ type: 'review', spanName: 'of the task' })
      turned(): void {}
    }
    const names = await namesOf(() => {
      const target = new Names();
      target.above();
      target.below();
      target.both();
      target.turned();
    });
    expect(names).to.deep.equal(['mine', 'mine', 'of the task', 'of the trace']);
  });

  it('let an explicit kind win, the topmost first', async () => {
    class Kinds {
      @Traced
      @Task({ type: 'review', kind: 'consumer' })
      below(): void {}

      @Traced({ kind: 'client' })
      @Task({ type: 'review', kind: 'consumer' })
      both(): void {}
    }
    expect((await onlySpanOf(() => new Kinds().below())).kind).to.equal(SpanKind.CONSUMER);
    expect((await onlySpanOf(() => new Kinds().both())).kind).to.equal(SpanKind.CLIENT);
  });

  it('let an attribute of the topmost win, static or made from the arguments', async () => {
    class Attributes {
      @Traced({ attributes: { who: 'trace', trace: true } })
      @Task({ type: 'review', attributes: { who: 'task', task: true } })
      given(): void {}

      @Task({ type: 'review', attributes: (n: number) => ({ who: `task ${n}` }) })
      @Traced({ attributes: (n: number) => ({ who: `trace ${n}`, trace: n }) })
      made(n: number): number {
        return n;
      }

      @Task({ type: 'review', attributes: { 'task.type': 'mine' } })
      fixed(): void {}

      @Task({ type: 'review', attributes: () => ({ 'task.type': 'mine' }) })
      computed(): void {}
    }
    const target = new Attributes();
    const given = await onlySpanOf(() => target.given());
    expect(given.attributes).to.include({ who: 'trace', trace: true, task: true });
    const made = await onlySpanOf(() => target.made(2));
    expect(made.attributes).to.include({ who: 'task 2', trace: 2 });
    const fixed = await onlySpanOf(() => target.fixed());
    expect(fixed.attributes).to.include({ 'task.type': 'mine' });
    const computed = await onlySpanOf(() => target.computed());
    expect(computed.attributes).to.include({ 'task.type': 'mine' });
  });

  it('keep the topmost’s options when the same one stands twice', async () => {
    class Twice {
      @Traced({ name: 'upper', attributes: { upper: true } })
      @Traced({ name: 'lower', attributes: { lower: true }, kind: 'client' })
      work(): void {}

      @Task('upper')
      @Traced
      @Task({ type: 'lower', description: 'lower' })
      between(): void {}
    }
    const work = await onlySpanOf(() => new Twice().work());
    expect(work.name).to.equal('upper');
    expect(work.kind).to.equal(SpanKind.INTERNAL);
    expect(without(work, ...COMMON)).to.deep.equal({ upper: true });
    const between = await onlySpanOf(() => new Twice().between());
    expect(between.name).to.equal('task upper');
    expect(between.attributes).to.not.have.property('task.description');
  });

  it('run each hook once', async () => {
    const seen: string[] = [];
    const note = (what: string) => (): undefined => {
      seen.push(what);
    };
    class Hooks {
      @Traced({ attributes: note('trace attributes'), onResult: note('trace result') })
      @Task({ attributes: note('task attributes'), onResult: note('task result') })
      @Traced({ attributes: note('never'), onResult: note('never') })
      work(): number {
        seen.push('work');
        return 1;
      }
    }
    await onlySpanOf(() => new Hooks().work());
    expect(seen).to.deep.equal(['task attributes', 'trace attributes', 'work', 'task result', 'trace result']);
  });
});

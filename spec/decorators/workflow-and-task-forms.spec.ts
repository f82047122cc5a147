import { expect } from 'chai';
import { Task, Traced, Workflow } from 'spanwright';
import { namesOf } from './captured.js';

const RUN = Symbol('run it');

class Jobs {
  @Workflow
  bareWorkflow(): number {
    return 1;
  }

  @Workflow()
  calledWorkflow(): number {
    return 2;
  }

  @Workflow('nightly')
  async namedWorkflow(): Promise<number> {
    await Promise.resolve();
    return 3;
  }

  @Workflow({ name: 'weekly' })
  static optionsWorkflow(): number {
    return 4;
  }

  @Task
  bareTask(): number {
    return 5;
  }

  @Task()
  static calledTask(): number {
    return 6;
  }

  @Task('review')
  async namedTask(): Promise<number> {
    await Promise.resolve();
    return 7;
  }

  @Task({ type: 'merge' })
  get optionsTask(): number {
    return 8;
  }

  @Workflow
  [RUN](): number {
    return 9;
  }

  @Task('limit')
  accessor limit = 10;
}

describe('Workflow and Task on members', () => {
  const cases: [string, () => unknown, string, number][] = [
    ['a bare Workflow', () => new Jobs().bareWorkflow(), 'workflow Jobs.bareWorkflow', 1],
    ['a called Workflow', () => new Jobs().calledWorkflow(), 'workflow Jobs.calledWorkflow', 2],
    ['a named Workflow', () => new Jobs().namedWorkflow(), 'workflow nightly', 3],
    ['a Workflow with options', () => Jobs.optionsWorkflow(), 'workflow weekly', 4],
    ['a bare Task', () => new Jobs().bareTask(), 'task Jobs.bareTask', 5],
    ['a called Task', () => Jobs.calledTask(), 'task Jobs.calledTask', 6],
    ['a Task with a type', () => new Jobs().namedTask(), 'task review', 7],
    ['a Task with options', () => new Jobs().optionsTask, 'task merge', 8],
    ['a Workflow on a symbol', () => new Jobs()[RUN](), 'workflow Jobs.[run it]', 9],
    ['a Task on an accessor', () => new Jobs().limit, 'task limit', 10],
  ];
  for (const [what, work, name, result] of cases) {
    it(`names the span of ${what} ${name}`, async () => {
      const names = await namesOf(async () => {
        expect(await work()).to.equal(result);
      });
      expect(names).to.deep.equal([name]);
    });
  }

  for (const [what, decorator] of Object.entries({ Traced, Workflow, Task })) {
    it(`has ${what} as the name of ${what}`, () => {
      expect(decorator).to.have.property('name', what);
    });
  }
});

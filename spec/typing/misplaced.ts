// Where a decorator cannot stand is a compile error; `spec/decorators/compile-errors.spec.ts` reads the texts.
import { Task, Traced, Workflow } from 'spanwright';

export class Misplaced {
  // @ts-expect-error a field
  @Traced bare = 1;
  // @ts-expect-error a field
  @Traced() called = 1;
  // @ts-expect-error a field
  @Traced('named') named = 1;
  // @ts-expect-error a field
  @Traced({ kind: 'client' }) options = 1;
  // @ts-expect-error a field
  @Traced({ attributes: (text: string) => ({ text }) }) hooks = 1;
  // @ts-expect-error a field that holds a function is a field
  @Traced arrow = (): void => {};
  // @ts-expect-error a static field
  @Traced() static fixed = (): void => {};
  // @ts-expect-error a field
  @Task task = 1;
  // @ts-expect-error a field
  @Task('type') typed = 1;
  // @ts-expect-error a field
  @Workflow workflow = 1;
  // @ts-expect-error a field
  @Workflow({ description: 'text' }) described = 1;

  // @ts-expect-error a parameter of a method
  method(@Traced text: string): string {
    return text;
  }

  // @ts-expect-error a parameter of a method
  called2(@Traced() text: string): string {
    return text;
  }

  // @ts-expect-error a parameter of a constructor
  constructor(@Task() text: string) {
    this.method(text);
  }
}

// @ts-expect-error a task is no class
@Task
export class TaskClass {}

// @ts-expect-error a workflow is no class
@Workflow('nightly')
export class WorkflowClass {}

// @ts-expect-error a class has no arguments that a function in the options could see
@Traced({ attributes: (text: string) => ({ text }) })
export class HooksOnClass {
  work(text: string): string {
    return text;
  }
}

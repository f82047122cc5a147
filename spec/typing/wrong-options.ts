// Options that no decorator takes.
import { Task, Traced, Workflow } from 'spanwright';

export class WrongOptions {
  // @ts-expect-error an unknown option
  @Traced({ nmae: 'x' })
  typo(): void {}

  // @ts-expect-error an unknown option beside a function
  @Traced({ nmae: 'x', attributes: (id: string) => ({ id }) })
  typoBeside(_id: string): void {}

  // @ts-expect-error no such kind
  @Traced({ kind: 'Client' })
  kind(): void {}

  // @ts-expect-error no such level
  @Traced({ granularity: 'all' })
  granularity(): void {}

  // @ts-expect-error neither a name nor options
  @Traced(5)
  number(): void {}

  // @ts-expect-error a name or options, not both
  @Traced('name', { kind: 'client' })
  both(): void {}

  // @ts-expect-error an attribute is no object
  @Traced({ attributes: { nested: { a: 1 } } })
  nested(): void {}

  // @ts-expect-error nor is one that a function makes
  @Traced({ attributes: () => ({ nested: { a: 1 } }) })
  made(): void {}

  // @ts-expect-error arrays hold one type
  @Traced({ attributes: { mixed: [1, 'a'] } })
  mixed(): void {}

  // @ts-expect-error a name function gives a string
  @Traced({ name: () => 5 })
  nameFunction(): void {}

  // @ts-expect-error hooks are synchronous
  @Traced({ attributes: async () => await Promise.resolve({ a: 1 }) })
  late(): void {}

  // @ts-expect-error classes of errors, not names
  @Traced({ expectedErrors: ['TypeError'] })
  errors(): void {}

  // @ts-expect-error a handle, not its options
  @Traced({ tracing: { destinations: [] } })
  tracing(): void {}

  // @ts-expect-error a task has a type and no name
  @Task({ name: 'x' })
  taskName(): void {}

  // @ts-expect-error a task has no members to choose from
  @Task({ include: ['x'] })
  taskInclude(): void {}

  // @ts-expect-error a workflow has no score
  @Workflow({ score: () => 1 })
  workflowScore(): void {}

  // @ts-expect-error a workflow's name is fixed: the span name is made from it
  @Workflow({ name: () => 'x' })
  workflowName(): void {}
}

// @ts-expect-error names or a pattern
@Traced({ include: 'take' })
export class WrongInclude {}

// Run with `node --conditions=…`: prints whether the decorators left everything as it was.
import { Task, Traced, Workflow } from 'spanwright';

const seen: unknown[] = [];

/** Notes the function it stands on, in both standards; below ours it sees the original. */
function note(...args: unknown[]): void {
  const [value, , descriptor] = args as [unknown, unknown, PropertyDescriptor | undefined];
  if (descriptor !== undefined) seen.push(descriptor.value ?? descriptor.get);
  else seen.push(typeof value === 'function' ? value : (value as { get: unknown }).get);
}

class Plain {
  bare(): number {
    return 1;
  }
  static called(): number {
    return 2;
  }
}

@Traced
class Bare {
  @Traced
  @note
  bare(value: number): number {
    return value;
  }

  @Traced()
  @note
  static called(): number {
    return 2;
  }

  @Traced('named')
  @note
  async named(): Promise<number> {
    return await Promise.resolve(3);
  }

  @Workflow({ name: 'flow', runId: () => 'r' })
  @Task
  @Task({ type: 'task' })
  @note
  *mixed(): Generator<number> {
    yield 4;
  }

  @Traced()
  @note
  get got(): number {
    return 5;
  }

  @Traced()
  @note
  accessor held = 6;
}

@Traced({ name: 'Called', include: ['method'] })
class Called {
  method(): number {
    return 7;
  }
}

const { prototype } = Bare;
const getter = (key: string): unknown => Object.getOwnPropertyDescriptor(prototype, key)?.get;
const bare = new Bare();
const functions = [prototype.bare, Bare.called, prototype.named, prototype.mixed, getter('got'), getter('held')];
const shapeOf = (holder: object, key: string): unknown => {
  const own = Object.getOwnPropertyDescriptor(holder, key);
  return [typeof own?.value, own?.writable, own?.enumerable, own?.configurable];
};

console.log(
  JSON.stringify({
    untouched: functions.every((fn) => seen.includes(fn)) && seen.length === 6,
    descriptors:
      JSON.stringify(shapeOf(prototype, 'bare')) === JSON.stringify(shapeOf(Plain.prototype, 'bare')) &&
      JSON.stringify(shapeOf(Bare, 'called')) === JSON.stringify(shapeOf(Plain, 'called')),
    answers: [
      bare.bare(1),
      Bare.called(),
      await bare.named(),
      ...bare.mixed(),
      bare.got,
      bare.held++,
      bare.held,
      new Called().method(),
    ],
    names: [Bare.name, Called.name, prototype.bare.name, prototype.bare.length],
  }),
);

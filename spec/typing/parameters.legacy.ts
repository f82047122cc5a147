// Beside parameter decorators, which only legacy mode has.
import { Task, Traced } from 'spanwright';

function Inject(_target: object, _key: string | symbol | undefined, _index: number): void {}

export class Controller {
  @Traced
  bare(@Inject id: number): number {
    return id;
  }

  @Task({ type: 'review', id: (id: string) => id })
  hooks(@Inject id: string): string {
    return id;
  }
}

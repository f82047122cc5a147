// The compiler tells a setter from a getter under standard decorators alone; under legacy ones decorating one throws.
import { Task, Traced } from 'spanwright';

export class Setters {
  // @ts-expect-error a setter
  @Traced set bare(_value: number) {}
  // @ts-expect-error a setter
  @Traced() set called(_value: number) {}
  // @ts-expect-error a setter
  @Task('type') static set fixed(_value: number) {}
  // @ts-expect-error a setter
  @Traced({ attributes: (text: string) => ({ text }) }) set hooks(_value: string) {}
}

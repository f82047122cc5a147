import { isPlain } from './input.js';
import type { Validators } from './validators.js';

/** Every key of some options, none forgotten; the compiler compares the classes with the public types. */
export type KeysOf<T> = Record<keyof T, unknown>;

/** Decorators of optional fields; each message is what is allowed. Missing values pass, `null` does not. */
export interface OptionRules {
  text(expected?: string): PropertyDecorator;
  oneOf(...allowed: string[]): PropertyDecorator;
  flag(): PropertyDecorator;
  whole(min: number, max: number): PropertyDecorator;
  ratio(): PropertyDecorator;
  /** A value that only code can tell; the text may depend on it. */
  that(accepts: Accepts, expected: string | ((value: unknown) => string)): PropertyDecorator;
  /** The same of a value that must not be missing. */
  needed(accepts: Accepts, expected: string): PropertyDecorator;
}

type Accepts = (value: unknown) => boolean;

// By hand: making a number format takes 5 ms of every program's start.
function commas(value: number): string {
  return String(value).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}

/** Prints a range of whole numbers. */
export function expectedWhole(min: number, max: number): string {
  return `a whole number from ${commas(min)} to ${commas(max)}`;
}

/** Prints a list of allowed words. */
export function expectedOneOf(allowed: readonly string[]): string {
  return `one of ${allowed.join(', ')}`;
}

/** Makes the rules out of class-validator's own decorators. */
export function createRules(validators: Validators): OptionRules {
  const { IsBoolean, IsIn, IsInt, IsNumber, IsString, Matches, Max, Min, ValidateBy, ValidateIf } = validators;

  function given(...decorators: PropertyDecorator[]): PropertyDecorator {
    const all = [ValidateIf((_target, value: unknown) => value !== undefined), ...decorators];
    return (target, key) => {
      for (const decorate of all) decorate(target, key);
    };
  }

  return {
    text: (message = 'a text that is not empty') => given(IsString({ message }), Matches(/\S/, { message })),
    oneOf: (...allowed) => given(IsIn(allowed, { message: expectedOneOf(allowed) })),
    flag: () => given(IsBoolean({ message: 'true or false' })),
    whole(min, max) {
      const message = expectedWhole(min, max);
      return given(IsInt({ message }), Min(min, { message }), Max(max, { message }));
    },
    ratio() {
      const message = 'a number from 0 to 1';
      return given(IsNumber({}, { message }), Min(0, { message }), Max(1, { message }));
    },
    that(accepts, expected) {
      const message = typeof expected === 'string' ? expected : ({ value }: { value: unknown }) => expected(value);
      return given(ValidateBy({ name: 'that', validator: { validate: accepts } }, { message }));
    },
    needed: (accepts, message) => ValidateBy({ name: 'needed', validator: { validate: accepts } }, { message }),
  };
}

/** Decorates a field that holds an object. */
export function isGroup(rules: OptionRules, example: string): PropertyDecorator {
  return rules.that(isPlain, `an object such as ${example}`);
}

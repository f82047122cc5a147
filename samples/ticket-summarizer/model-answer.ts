import { ModelAnswerError } from './sample-error.js';

const SHOWN_CHARS = 60;
// Some models put JSON into a block of Markdown, whatever they are told.
const FENCED = /^\s*```(?:json)?\s*([^]*?)\s*```\s*$/;

/** The JSON object a model answered with; each read checks one field and names it when it is wrong. */
export class ModelAnswer {
  readonly #fields: object;

  constructor(content: string) {
    this.#fields = parseObject(content);
  }

  text(name: string): string {
    const value: unknown = Reflect.get(this.#fields, name);
    if (typeof value === 'string' && value.trim() !== '') return value;
    throw new ModelAnswerError(`the model's ${name}: got ${show(value)}, expected text`);
  }

  oneOf<const T extends string>(name: string, allowed: readonly T[]): T {
    const value: unknown = Reflect.get(this.#fields, name);
    const found = allowed.find((candidate) => candidate === value);
    if (found !== undefined) return found;
    throw new ModelAnswerError(`the model's ${name}: got ${show(value)}, expected one of ${allowed.join(', ')}`);
  }
}

function parseObject(content: string): object {
  try {
    const parsed: unknown = JSON.parse(FENCED.exec(content)?.[1] ?? content);
    if (typeof parsed === 'object' && parsed !== null) return parsed;
  } catch {
    // The message below says what came instead of JSON.
  }
  throw new ModelAnswerError(`the model answered no JSON object: got ${show(content)}`);
}

function show(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, SHOWN_CHARS);
}

import type { ContentBudget, Json } from '../endpoint.js';
import { TextPieces } from '../text-pieces.js';
import { defined, isJson, numberOf, objectOf, textOf } from '../untrusted.js';

const MAX_CALLS = 1_024;

/** One tool call of a stream. */
class ToolCallPieces {
  id: string | undefined;
  name: string | undefined;
  isCustom = false;
  readonly input = new TextPieces();

  constructor(readonly index: number | undefined) {}

  add(piece: Json, budget: ContentBudget): void {
    this.id ??= textOf(piece, 'id');
    const custom = piece['custom'];
    if (isJson(custom)) this.isCustom = true;
    const called = isJson(custom) ? custom : objectOf(piece, 'function');
    this.name ??= textOf(called, 'name');
    const input = isJson(custom) ? custom['input'] : called['arguments'];
    if (typeof input === 'string') this.input.add(input, budget);
    // Mistral's client may hand out the arguments parsed.
    else if (isJson(input)) this.input.add(JSON.stringify(input), budget);
  }

  toJson(): Json {
    const { id, name } = this;
    const input = this.input.join() ?? '';
    if (this.isCustom) return { ...defined({ id }), type: 'custom', custom: { ...defined({ name }), input } };
    return { ...defined({ id }), type: 'function', function: { ...defined({ name }), arguments: input } };
  }
}

/** Puts the tool calls of one choice together. */
export class ToolCallsPieces {
  readonly #calls: ToolCallPieces[] = [];

  add(piece: Json, budget: ContentBudget): void {
    const index = numberOf(piece, 'index');
    const isFirst = textOf(objectOf(piece, isJson(piece['custom']) ? 'custom' : 'function'), 'name') !== undefined;
    // Some versions of vLLM give every piece an id of its own.
    let call = this.#find(index, isFirst || index === undefined ? textOf(piece, 'id') : undefined);
    if (call === undefined) {
      if (this.#calls.length === MAX_CALLS) {
        budget.isCut = true;
        return;
      }
      call = new ToolCallPieces(index);
      this.#calls.push(call);
    }
    call.add(piece, budget);
  }

  /** Absent where no call was made. */
  toJson(): readonly Json[] | undefined {
    return this.#calls.length === 0 ? undefined : this.#calls.map((call) => call.toJson());
  }

  /** Some hosts give every call the index 0 and tell them apart by id, some give no index; a piece with neither goes on. */
  #find(index: number | undefined, id: string | undefined): ToolCallPieces | undefined {
    for (let at = this.#calls.length - 1; at >= 0; at -= 1) {
      const call = this.#calls[at];
      const hasIndex = index === undefined || call?.index === undefined || call.index === index;
      const hasId = id === undefined || call?.id === undefined || call.id === id;
      if (hasIndex && hasId) return call;
    }
    return undefined;
  }
}

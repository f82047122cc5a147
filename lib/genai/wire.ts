import { TextDecoder } from 'node:util';

// A body that is one JSON document can only be read whole; above this it is given up.
const MAX_DOCUMENT_CHARS = 16_777_216;

type Kind = 'events' | 'lines' | 'document';

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Not JSON: an HTML page of a proxy, a `[DONE]`, a document that was cut.
    return undefined;
  }
}

/**
 * Reads a body as it passes: server-sent events, newline-delimited JSON or one JSON document, told apart by how it begins.
 * `add` takes bytes or text in any pieces and gives the JSON values that became whole.
 */
export class WireReader {
  readonly #decoder = new TextDecoder();
  #kind: Kind | undefined;
  #rest: string[] = [];
  #chars = 0;

  add(piece: Uint8Array | string): unknown[] {
    const text = typeof piece === 'string' ? piece : this.#decoder.decode(piece, { stream: true });
    if (this.#chars > MAX_DOCUMENT_CHARS) return [];
    this.#rest.push(text);
    this.#chars += text.length;
    if (this.#kind === 'document' || (this.#kind !== undefined && !text.includes('\n'))) return [];
    return this.#readLines(this.#rest.join(''));
  }

  /** What is left at the end: the document itself, or a last line without an end. */
  end(): unknown[] {
    const text = this.#rest.join('');
    this.#rest = [];
    if (this.#chars > MAX_DOCUMENT_CHARS) return [];
    const whole = this.#kind === 'document' || this.#kind === undefined ? parse(text) : undefined;
    if (whole !== undefined) return [whole];
    return text.split('\n').flatMap((line) => this.#readLine(line));
  }

  #readLines(text: string): unknown[] {
    const lines = text.split('\n');
    this.#kind ??= this.#kindOf(lines);
    if (this.#kind === undefined || this.#kind === 'document') {
      this.#keep(text);
      return [];
    }
    this.#keep(lines.pop() ?? '');
    return lines.flatMap((line) => this.#readLine(line));
  }

  #keep(text: string): void {
    this.#rest = [text];
    this.#chars = text.length;
  }

  #kindOf(lines: readonly string[]): Kind | undefined {
    const begin = lines.find((line) => line.trim() !== '');
    if (begin === undefined || lines.length < 2) return undefined;
    if (/^\s*(data|event|id|retry|)\s*:/.test(begin)) return 'events';
    return parse(begin) === undefined ? 'document' : 'lines';
  }

  #readLine(line: string): unknown[] {
    const json = this.#kind === 'events' ? (line.startsWith('data:') ? line.slice('data:'.length) : '') : line;
    const value = json.trim() === '' ? undefined : parse(json);
    return value === undefined ? [] : [value];
  }
}

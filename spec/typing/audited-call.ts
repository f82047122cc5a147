// What may be audited: methods whose result can be withheld and stays what it was declared as.
import type { Ledger } from '#lib/audit/ledger.js';
import { AuditedCall, LlmCall } from 'spanwright';

interface ApiPromise<T> extends Promise<T> {
  withResponse(): Promise<{ data: T }>;
}
declare const api: { create(): ApiPromise<string> };
declare const ledger: Ledger;

export class Audited {
  @AuditedCall
  async bare(): Promise<string> {
    return 'x';
  }

  @AuditedCall()
  async called(): Promise<void> {}

  @AuditedCall('named')
  async named(id: number): Promise<number> {
    return id;
  }

  @AuditedCall({ callType: 'http', provider: 'zendesk', level: 'requestResponse', ledger })
  plainPromise(): Promise<Response> {
    return fetch('https://example.com');
  }

  @LlmCall()
  @AuditedCall({ callType: 'llm' })
  async awaited(): Promise<string> {
    return await api.create();
  }

  @AuditedCall({ callType: 'llm' })
  async *generated(): AsyncGenerator<string, number, boolean> {
    yield 'a';
    return 1;
  }

  @AuditedCall({ callType: 'llm' })
  iterated(): AsyncIterable<string> {
    return this.generated();
  }

  @AuditedCall({ callType: 'llm' })
  iterator(): AsyncIterableIterator<string> {
    return this.generated();
  }

  @AuditedCall({ callType: 'llm' })
  async streamed(): Promise<ReadableStream<string>> {
    return new ReadableStream<string>();
  }

  @AuditedCall({ callType: 'http' })
  async generic<T>(value: T): Promise<T> {
    return value;
  }

  @AuditedCall({ callType: 'http' })
  either(first: boolean): Promise<string> | Promise<number> {
    return first ? Promise.resolve('x') : Promise.resolve(1);
  }

  @AuditedCall({ callType: 'http' })
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- untyped code gets a promise
  untyped(): any {
    return 1;
  }

  @AuditedCall({ callType: 'sql', actor: (id: string) => ({ type: 'user', id }), row: (id: string) => id })
  async hooked(id: string): Promise<string> {
    return id;
  }

  @AuditedCall({ callType: 'filesystem', durability: 'sync' })
  sync(path: string): string {
    return path;
  }

  @AuditedCall({ callType: 'filesystem', durability: 'sync', row: (path: string) => path })
  syncHooked(path: string): ApiPromise<string> {
    void path;
    return api.create();
  }

  // @ts-expect-error a value that is there at once
  @AuditedCall({ callType: 'http' })
  value(): string {
    return 'x';
  }

  // @ts-expect-error the same, bare
  @AuditedCall
  bareValue(): string {
    return 'x';
  }

  // @ts-expect-error nothing is a value as well
  @AuditedCall()
  nothing(): void {}

  // @ts-expect-error a promise with methods of its own
  @AuditedCall({ callType: 'llm' })
  vendor(): ApiPromise<string> {
    return api.create();
  }

  // @ts-expect-error a promise, or not
  @AuditedCall({ callType: 'llm' })
  maybe(): Promise<string> | string {
    return 'x';
  }

  // @ts-expect-error a stream with methods of its own
  @AuditedCall({ callType: 'llm' })
  web(): ReadableStream<string> {
    return new ReadableStream<string>();
  }

  // @ts-expect-error a generator that cannot wait
  @AuditedCall({ callType: 'llm' })
  *generatedAtOnce(): Generator<string> {
    yield 'x';
  }

  // @ts-expect-error other arguments than the method has
  @AuditedCall({ actor: (id: number) => ({ type: 'user', id: String(id) }) })
  async otherArguments(id: string): Promise<string> {
    return id;
  }

  // @ts-expect-error no call type is a number
  @AuditedCall({ callType: 1 })
  async wrong(): Promise<void> {}
}

export const wrapped: (id: string) => Promise<string> = AuditedCall.wrap(
  { callType: 'http', row: (id: string) => id },
  async (id: string) => id,
);
export const block: Promise<number> = AuditedCall.run({ callType: 'http' }, () => 1);
// @ts-expect-error a function that gives a value at once
AuditedCall.wrap({ callType: 'http' }, () => 1);
export const atOnce: () => number = AuditedCall.wrap({ durability: 'sync' }, () => 1);

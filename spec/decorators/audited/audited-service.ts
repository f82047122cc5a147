import { Readable } from 'node:stream';
import { AuditedCall } from '#lib/index.js';
import type { RecordingLedger } from './recording-ledger.js';

export async function rejection(promise: PromiseLike<unknown>): Promise<Error & { code?: string }> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error('it did not reject');
}

export async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of source) items.push(item);
  return items;
}

export function createService(ledger: RecordingLedger) {
  class Service {
    name = 'service';

    @AuditedCall({ callType: 'http', ledger })
    async get(id: string): Promise<string> {
      ledger.log.push(`method ${id} on ${this.name}`);
      await Promise.resolve();
      ledger.log.push('method done');
      return `got ${id}`;
    }

    @AuditedCall({ callType: 'http', ledger })
    async fail(): Promise<never> {
      await Promise.resolve();
      throw Object.assign(new TypeError('no'), { code: 'ECONNRESET' });
    }

    @AuditedCall({ callType: 'http', ledger })
    async *count(upTo: number): AsyncGenerator<number, string> {
      for (let index = 1; index <= upTo; index++) {
        ledger.log.push(`made ${index}`);
        yield index;
      }
      return 'end';
    }

    @AuditedCall({ callType: 'http', ledger })
    iterate(): AsyncIterable<string> {
      return (async function* () {
        yield 'a';
        yield 'b';
      })();
    }

    @AuditedCall({ callType: 'http', ledger })
    async web(): Promise<ReadableStream<string>> {
      return new ReadableStream<string>({
        start(controller) {
          controller.enqueue('x');
          controller.enqueue('y');
          controller.close();
        },
      });
    }

    @AuditedCall({ callType: 'http', ledger })
    async node(): Promise<Readable> {
      return Readable.from(['one', 'two']);
    }

    @AuditedCall({ callType: 'filesystem', ledger, durability: 'sync' })
    read(path: string): string {
      ledger.log.push('read');
      if (path === 'bad') throw new Error('no such file');
      return `content of ${path}`;
    }
  }
  return new Service();
}

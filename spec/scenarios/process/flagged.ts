// A program for flags that take something away: prints what it recorded, as one line of JSON.
import { existsSync, readFileSync } from 'node:fs';
import { configureTracing, currentCall, health, Task, Traced, withContext, Workflow } from 'spanwright';

const [path = ''] = process.argv.slice(2);

@Traced({ name: 'Office' })
class Office {
  static open(): string {
    return 'open';
  }

  @Workflow({ name: 'work', description: (list: string[]) => list.join() })
  async work(list: string[]): Promise<string> {
    const parts = await Promise.all(list.map((item) => this.handle(item)));
    return [Office.open(), ...parts, ...this.rest()].join();
  }

  @Task({ type: 'handle', id: (item: string) => item, score: (text: string) => text.length })
  async handle(item: string): Promise<string> {
    currentCall()?.setAttributes({ structure: { item }, list: ['a', 'b'] });
    return await Promise.resolve(`${item}!`);
  }

  *rest(): Generator<string> {
    yield 'rest';
  }

  @Traced({ args: true, result: true, expectedErrors: [RangeError] })
  fail(value: { deep: unknown[] }): never {
    throw new RangeError(`failed ${value.deep.length}`);
  }
}

const tracing = configureTracing({
  serviceName: 'flagged',
  resource: { 'team.name': 'office' },
  destinations: [
    { provider: 'memory', content: 'full' },
    { provider: 'file', path, content: 'full' },
  ],
});

const answer = await withContext({ metadata: { plan: 'pro' } }, () => new Office().work(['a', 'b']));
const stream = Traced.run('stream', () => new Response('text').body);
for await (const chunk of stream as ReadableStream<Uint8Array>) void chunk;
let failure = '';
try {
  new Office().fail({ deep: [new Map(), new Date(0)] });
} catch (error) {
  failure = String(error);
}
await tracing.flush();
const spans = tracing.finishedSpans().map(({ name }) => name);
const { complete, destinations } = await tracing.shutdown();
const { guarded } = health();
const lines = existsSync(path) ? readFileSync(path, 'utf8').match(/"spanId"/g)?.length : 0;
console.log(JSON.stringify({ answer, failure, spans: spans.toSorted(), complete, destinations, guarded, lines }));

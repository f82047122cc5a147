import { expect } from 'chai';
import type { Tracing } from 'spanwright';
import { configureTracing, LlmCall, recordLlmCall, ToolCall, Traced } from 'spanwright';

const TEXT = 'words of a prompt, '.repeat(5000);

interface Chunk {
  readonly object: 'chat.completion.chunk';
  readonly model: string;
  readonly choices: readonly { index: number; delta: { content: string } }[];
}

async function* chunks(): AsyncGenerator<Chunk> {
  for (let at = 0; at < TEXT.length; at += 1000) {
    await Promise.resolve();
    const delta = { content: TEXT.slice(at, at + 1000) };
    yield { object: 'chat.completion.chunk', model: 'gpt-4o', choices: [{ index: 0, delta }] };
  }
}

const request = { model: 'gpt-4o', messages: [{ role: 'user', content: 'short' }] };

describe('the bytes that a waiting span counts', () => {
  let tracing: Tracing;

  beforeEach(() => {
    tracing = configureTracing({
      lastResort: '/dev/null',
      destinations: [
        { provider: 'custom', exporter: () => new Promise(() => {}), content: 'redacted', batch: { delayMs: 60_000 } },
      ],
    });
  });
  afterEach(() => tracing.shutdown(1));

  const held = (): number => tracing.health().destinations['custom']?.queuedBytes ?? expect.fail('no destination');

  const works: Record<string, () => unknown> = {
    'an attribute': () => Traced.run({ name: 'work', attributes: { text: TEXT } }, () => 1),
    'captured arguments': () => Traced.wrap({ name: 'work', args: true }, (_text: string) => 1)(TEXT),
    'a result': () => Traced.wrap({ name: 'work', result: true }, () => TEXT)(),
    'what a tool was given': () => ToolCall.wrap('tool', (_given: { text: string }) => 1)({ text: TEXT }),
    'messages of a request': () =>
      recordLlmCall({ ...request, messages: [{ role: 'user', content: TEXT }] }, undefined, { provider: 'openai' }),
    'an answer in chunks': async () => {
      const complete = LlmCall.wrap({ provider: 'openai' }, (_request: typeof request) => chunks());
      let length = 0;
      for await (const { choices } of complete(request)) length += choices[0]?.delta.content.length ?? 0;
      expect(length).to.equal(TEXT.length);
    },
  };

  for (const [what, work] of Object.entries(works)) {
    it(`include ${what}, once`, async () => {
      await work();
      expect(held()).to.be.within(TEXT.length, TEXT.length * 1.2 + 8000);
    });
  }

  it('are two for each character of a text that is not Latin', () => {
    Traced.run({ name: 'work', attributes: { text: '文字'.repeat(10_000) } }, () => 1);
    expect(held()).to.be.within(40_000, 48_000);
  });
});

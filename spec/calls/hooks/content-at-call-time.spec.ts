import { expect } from 'chai';
import { Traced } from 'spanwright';
import type { CapturedSpans } from 'spanwright/testing';
import { captureSpans } from 'spanwright/testing';

interface Message {
  role: 'user' | 'assistant';
  text: string;
}

class Agent {
  readonly messages: Message[] = [{ role: 'user', text: 'start' }];

  async run(turns: number): Promise<void> {
    for (let turn = 1; turn <= turns; turn++) {
      const answer = await this.complete(this.messages);
      if (turn < turns) this.messages.push(answer);
    }
  }

  @Traced({ args: true, result: true })
  async complete(messages: readonly Message[]): Promise<Message> {
    await new Promise(setImmediate);
    return { role: 'assistant', text: `answer to ${messages.length}` };
  }

  @Traced({ args: (messages: Message[]) => messages, result: true })
  rewrite(messages: Message[]): Message[] {
    for (const message of messages) message.text = 'rewritten';
    return messages;
  }

  @Traced({ result: true })
  *reuseOneObject(): Generator<Message> {
    const message: Message = { role: 'assistant', text: '' };
    for (const text of ['a', 'b', 'c']) {
      message.text = text;
      yield message;
    }
  }
}

describe('captured content', () => {
  let spans: CapturedSpans;
  beforeEach(() => {
    spans = captureSpans();
  });
  afterEach(() => spans.stop());

  const contents = (key: string): unknown[] =>
    spans.finished().map(({ attributes }) => JSON.parse(String(attributes[key])) as unknown);

  it('is that of the moment: three turns of an agent over one array record 1, 2 and 3 messages', async () => {
    const agent = new Agent();
    await agent.run(3);
    expect(agent.messages).to.have.lengthOf(3);
    const lists = contents('spanwright.arguments') as [Message[]][];
    expect(lists.map(([messages]) => messages.map(({ text }) => text))).to.deep.equal([
      ['start'],
      ['start', 'answer to 1'],
      ['start', 'answer to 1', 'answer to 2'],
    ]);
  });

  it('holds the arguments as they came in and the result as it went out', () => {
    const messages: Message[] = [{ role: 'user', text: 'original' }];
    const result = new Agent().rewrite(messages);
    expect(result).to.equal(messages);
    result.push({ role: 'user', text: 'later' });
    expect(contents('spanwright.arguments')).to.deep.equal([[{ role: 'user', text: 'original' }]]);
    expect(contents('spanwright.result')).to.deep.equal([[{ role: 'user', text: 'rewritten' }]]);
  });

  it('holds each item of a generator as it was when it was given', () => {
    for (const item of new Agent().reuseOneObject()) item.role = 'user';
    expect((contents('spanwright.result') as Message[][])[0]?.map(({ text }) => text)).to.deep.equal(['a', 'b', 'c']);
  });

  it('is not copied while nobody wants it', () => {
    spans.stop();
    let reads = 0;
    const input = {
      get value(): number {
        reads++;
        return reads;
      },
    };
    const work = Traced.wrap({ args: () => input.value, result: () => input.value }, () => 'done');
    expect(work()).to.equal('done');
    expect(reads).to.equal(0);
  });
});

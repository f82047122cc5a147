// What the applications of the consumer specs share: classes of a user, traced, and what their spans must look like.
import type { FinishedSpan } from 'spanwright';
import { currentCall, Task, Traced, withContext, Workflow } from 'spanwright';

@Traced
export class Archive {
  static async find(id: string): Promise<string> {
    await Promise.resolve();
    return `old ${id}`;
  }

  *pages(): Generator<number> {
    yield 1;
    yield 2;
  }
}

export class Desk {
  readonly #archive = new Archive();

  @Workflow('close ticket')
  async close(id: string): Promise<string> {
    const [ticket, old] = await Promise.all([this.fetch(id), Archive.find(id)]);
    return await this.review(`${ticket}, ${old}, ${[...this.#archive.pages()].length} pages`);
  }

  @Traced({ name: 'fetch ticket', attributes: (id: string) => ({ 'ticket.id': id }) })
  async fetch(id: string): Promise<string> {
    await new Promise((resolve) => {
      queueMicrotask(() => resolve(undefined));
    });
    return `${this.title} ${id}`;
  }

  @Task({ type: 'review' })
  @Traced({ result: true })
  async review(text: string): Promise<string> {
    await Promise.resolve();
    currentCall()?.setAttributes({ 'review.length': text.length });
    return text;
  }

  @Traced()
  get title(): string {
    return 'ticket';
  }
}

const shout = Traced.wrap('shout', async (text: string) => text.toUpperCase());

/** What the user's program does. */
export async function work(): Promise<string> {
  return await withContext({ userId: 'u-1' }, () =>
    Traced.run('day', async (call) => {
      call.addEvent('opened');
      return await shout(await new Desk().close('T-1'));
    }),
  );
}

export const ANSWER = 'TICKET T-1, OLD T-1, 2 PAGES';

/** Each span with its parent, and what shows that attributes arrived. */
export function treeOf(spans: readonly FinishedSpan[]): string[] {
  const names = new Map(spans.map((span) => [span.spanContext().spanId, span.name]));
  return spans
    .map(({ name, parentSpanContext, attributes, events }) => {
      const parent = parentSpanContext === undefined ? '-' : (names.get(parentSpanContext.spanId) ?? 'lost');
      const shown = [attributes['user.id'], attributes['ticket.id'], attributes['review.length'], events[0]?.name];
      return [name, '<', parent, ...shown.filter((fact) => fact !== undefined)].join(' ');
    })
    .toSorted();
}

/** `EXPECT=wrong` in the environment shows that the runner fails when an assertion does. */
export const TREE =
  process.env['EXPECT'] === 'wrong'
    ? ['a tree that nobody recorded']
    : [
        'Archive.find < workflow close ticket u-1',
        'Archive.pages < workflow close ticket u-1',
        'Desk.title < fetch ticket u-1',
        'day < - u-1 opened',
        'fetch ticket < workflow close ticket u-1 T-1',
        'shout < day u-1',
        'task review < workflow close ticket u-1 28',
        'workflow close ticket < day u-1',
      ];

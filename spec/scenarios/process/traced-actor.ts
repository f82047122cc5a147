import { configureTracing, Traced, Workflow } from 'spanwright';
import type { Actor } from './actor.js';

@Traced
class Decorated implements Actor {
  @Workflow('now')
  now<R>(work: () => R): R {
    return work();
  }

  @Traced({ name: 'later', attributes: { 'actor.kind': 'decorated' }, args: true, result: true })
  async later<R>(work: () => Promise<R>): Promise<R> {
    return await work();
  }

  *steps<R>(work: () => R): Generator<R> {
    yield work();
  }
}

const { KIND, SPANS = '/dev/null' } = process.env;
if (KIND === 'traced') {
  configureTracing({
    serviceName: 'actor',
    destinations: [
      { provider: 'memory', content: 'full' },
      { provider: 'file', path: SPANS, content: 'full' },
    ],
  });
} else if (KIND === 'off') {
  configureTracing({ enabled: false });
}

export const actor: Actor = new Decorated();

export async function finish(): Promise<void> {
  const { getTracing } = await import('spanwright');
  await getTracing().shutdown();
}

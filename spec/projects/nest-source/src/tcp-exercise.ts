import { ClientProxyFactory, Transport } from '@nestjs/microservices';
import { catchError, lastValueFrom, of, timeout, toArray } from 'rxjs';

import { ledger } from './ledger.js';

const MESSAGES: readonly (readonly [pattern: string | { cmd: string }, data: unknown])[] = [
  [{ cmd: 'sum' }, { values: [1, 2, 3] }],
  ['title', { id: '6' }],
  ['title', { id: 'six' }],
  ['count', 3],
  ['secret', { role: 'guest' }],
  ['secret', { role: 'owner' }],
  ['refuse', 'because'],
  ['nobody', 1],
];

/** What each message is answered, errors included. */
export async function exerciseTcp(port: number): Promise<Record<string, unknown>> {
  const client = ClientProxyFactory.create({ transport: Transport.TCP, options: { host: '127.0.0.1', port } });
  const answers: Record<string, unknown> = {};
  try {
    for (const [pattern, data] of MESSAGES) {
      const answer = client.send<unknown>(pattern, data).pipe(
        timeout(10_000),
        toArray(),
        catchError((error: unknown) => of({ error })),
      );
      answers[`${JSON.stringify(pattern)} ${JSON.stringify(data)}`] = await lastValueFrom(answer);
    }
    // An unheard event has no answer, and nothing to wait for; the bare wrapper's handler is not there.
    await lastValueFrom(client.emit('noted', 9), { defaultValue: undefined });
    if (process.env['WRAPPER'] !== 'bare') await ledger.seen('noted is over');
  } finally {
    client.close();
  }
  return answers;
}

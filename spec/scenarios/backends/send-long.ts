// A workflow that announces its start and lasts until standard input says a word. Usage: node send-long.js <JSON of
// addresses by backend>; prints its trace id when it has started.
import { once } from 'node:events';

import { configureTracing, currentCall, Workflow } from 'spanwright';

import { destinationsFor } from './destinations.js';
import type { Addresses } from './destinations.js';

class Desk {
  @Workflow({ name: 'desk_night' })
  async night(): Promise<void> {
    console.log(currentCall()?.traceId);
    await once(process.stdin, 'data');
  }
}

const destinations = destinationsFor(JSON.parse(process.argv[2] ?? '{}') as Addresses);
await using tracing = configureTracing({
  serviceName: 'desk',
  destinations: destinations.map((destination) => ({ ...destination, announceStarts: true })),
});
await new Desk().night();
await tracing.flush(50_000);
process.stdin.destroy();

// How long our code holds a call up, before the method's first line and after its last one: median and p99 of single calls,
// recorded, in microseconds. The clock itself takes some of it, so the same is measured of a plain call.
import { configureTracing } from 'spanwright';

import { decorated } from './decorated.mjs';

const CALLS = 20_000;
let entered = 0n;
let left = 0n;

class Service {
  work() {
    entered = process.hrtime.bigint();
    left = process.hrtime.bigint();
  }
}

function at(sorted, share) {
  return sorted[Math.floor(sorted.length * share)];
}

function sample(service) {
  const times = [];
  for (let i = 0; i < CALLS; i++) {
    const start = process.hrtime.bigint();
    service.work();
    const end = process.hrtime.bigint();
    times.push(Number(entered - start + end - left) / 1000);
  }
  times.sort((a, b) => a - b);
  return { median: at(times, 0.5), p99: at(times, 0.99) };
}

class TracedService extends Service {}
const { value } = Object.getOwnPropertyDescriptor(Service.prototype, 'work');
Object.defineProperty(TracedService.prototype, 'work', { value: decorated(value, 'work', TracedService) });

const plain = new Service();
const traced = new TracedService();
const tracing = configureTracing({ destinations: [{ provider: 'file', path: '/dev/null', granularity: 'lifecycle' }] });
for (const service of [plain, traced]) sample(service);
const rows = {};
for (const [name, service] of Object.entries({ plain, decorated: traced })) rows[name] = sample(service);
await tracing.shutdown();
console.log(JSON.stringify(rows));

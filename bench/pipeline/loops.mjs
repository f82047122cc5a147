// How spans are made: as fast as the queue takes them, in one go, or at a rate.
import { setImmediate, setTimeout } from 'node:timers/promises';

const CHUNK = 64;
// Of a closed loop, which is not counted: until the queue is full, as it is from then on.
const LEAST_RAMP_MS = 1000;
const MOST_RAMP_MS = 4000;
const OPEN_STEP_MS = 5;

/** As many as are delivered: the producer waits while the queue is full. The rate is what the backend received. */
async function closed({ produce, subject, backend, options: { ms } }) {
  const start = performance.now();
  let made = 0;
  let isRamped = false;
  let end = Infinity;
  let mark;
  for (let now = start; now < end; now = performance.now()) {
    if (end === Infinity && (isRamped ? now >= start + LEAST_RAMP_MS : now >= start + MOST_RAMP_MS)) {
      mark = backend.stats();
      end = now + ms;
    }
    if (subject.isFull()) {
      isRamped = true;
    } else {
      for (let count = 0; count < CHUNK; count++) produce();
      made += CHUNK;
    }
    await setImmediate();
  }
  const first = await mark;
  const last = await backend.stats();
  return { made, perSecond: ((last.spans - first.spans) / (last.at - first.at)) * 1000 };
}

/** All at once, without yielding. */
function burst({ produce, options: { count } }) {
  for (let made = 0; made < count; made++) produce();
  return { made: count };
}

/** So many a second; a rate of 0 is the loop alone. */
async function open({ produce, gauge, options: { ms, rate } }) {
  const start = performance.now();
  let made = 0;
  for (let now = start; now < start + ms; now = performance.now()) {
    const due = Math.floor(((now - start) / 1000) * rate);
    gauge.repeat(due - made, produce);
    made = due;
    await setTimeout(OPEN_STEP_MS);
  }
  return { made };
}

/** To beyond what may wait, with a backend that is gone. */
async function fill({ produce, subject, options: { count } }) {
  for (let made = 0; made < count; made += CHUNK) {
    for (let one = 0; one < CHUNK; one++) produce();
    await setImmediate();
  }
  // What was tried meanwhile fails and goes back to the queue.
  for (let round = 0; round < 20; round++) {
    await setTimeout(100);
    subject.health();
  }
  return { made: count };
}

export const loops = { closed, burst, open, fill };

import { LlmCall } from 'spanwright';

import { handWritten } from './hand-written.mjs';
import { Stream } from './stream.mjs';

// As in bench/lib/loops.mjs: a class and a loop for each variant, so that none spoils the inline caches of another.
let unique = 0;

const METHOD = {
  whole: 'async ask(request) { return this.answer; }',
  streamed: 'async ask(request) { return new this.Stream(this.chunks); }',
};
const STEP = {
  whole: 'sum += (await service.ask(request)).choices.length;',
  streamed: 'for await (const chunk of await service.ask(request)) sum += chunk.choices.length;',
};

function decorated(method, Service) {
  const descriptor = { value: method, writable: true, configurable: true };
  return (LlmCall()(Service.prototype, 'ask', descriptor) ?? descriptor).value;
}

const WRAPS = {
  plain: (method) => method,
  'hand-written': (method, kind, withContent) => handWritten[kind](method, withContent),
  decorated: (method, kind, withContent, Service) => decorated(method, Service),
};

/** The same call, plain, traced by hand and decorated; `kind` is `whole` or `streamed`. */
export function variantsOf(kind, exchange, { withContent, perChunk = false }) {
  const { answer, chunks } = exchange;
  const request = kind === 'whole' ? exchange.request : exchange.streamRequest;
  return Object.keys(WRAPS).map((name) => {
    const Service = new Function(`/* ${unique++} */ return class Service { ${METHOD[kind]} };`)();
    const loop = new Function(
      'service',
      'request',
      'n',
      `/* ${unique++} */ return (async () => { let sum = 0; for (let i = 0; i < n; i++) { ${STEP[kind]} } return sum; })()`,
    );
    const value = WRAPS[name](Service.prototype.ask, kind, withContent, Service);
    Object.defineProperty(Service.prototype, 'ask', { value, writable: true, configurable: true });
    const service = Object.assign(new Service(), { answer, chunks, Stream });
    // A call with many chunks or messages takes so long that a few of them make a round.
    const least = kind === 'streamed' ? Math.max(4, Math.round(20_000 / chunks.length)) : 50;
    return { name, calls: perChunk ? chunks.length : 1, least, run: (n) => loop(service, request, n) };
  });
}

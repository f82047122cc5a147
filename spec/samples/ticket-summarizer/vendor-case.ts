import { answerTask, taskOf } from '../../../samples/ticket-summarizer/offline/answer-rules.js';
import { readBody, startLoopbackServer } from '../../../samples/ticket-summarizer/offline/loopback-server.js';
import type { LoopbackServer } from '../../../samples/ticket-summarizer/offline/loopback-server.js';
import { exchangeOf } from '../../genai/exchanges.js';

/** What the sample's prompt says, wherever the vendor's request has it. */
export interface Asked {
  readonly system: string;
  readonly user: string;
  readonly isStreamed: boolean;
}

/** A request that a vendor's server saw. */
export interface SeenCall {
  readonly path: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Readonly<Record<string, unknown>>;
}

type Attributes = Readonly<Record<string, unknown>>;

/** One vendor: how its server speaks, and what the trace should say of its calls. */
export interface VendorCase {
  readonly provider: string;
  /** The variables that send its client to `url`. */
  env(url: string): Record<string, string>;
  /** The recordings that its answers are cut from; none where they are typed from the vendor's documentation. */
  readonly recordings: readonly string[];
  ask(call: SeenCall): Asked;
  /** Answers with `content` as the model's text. */
  answer(content: string, asked: Asked): { contentType: string; body: string };
  /** Checks that the call is the vendor's own. */
  expectCall(call: SeenCall): void;
  readonly spanName: string;
  readonly whole: Attributes;
  readonly streamed: Attributes;
  /** The end of the run says this of its calls: two tickets, so two streamed and four whole ones. */
  readonly summary: RegExp;
}

/** A loopback server that speaks a vendor's protocol and answers by the sample's rules. */
export async function startVendor(vendor: VendorCase, seen: SeenCall[]): Promise<LoopbackServer> {
  return await startLoopbackServer((request, response) => {
    void readBody(request).then((text) => {
      const call = {
        path: request.url ?? '',
        headers: request.headers,
        body: JSON.parse(text) as Record<string, unknown>,
      };
      seen.push(call);
      const asked = vendor.ask(call);
      const content = JSON.stringify(answerTask(taskOf(asked.system), asked.user));
      const { contentType, body } = vendor.answer(content, asked);
      response.writeHead(200, { 'content-type': contentType }).end(body);
    });
  });
}

/** A server that refuses every request; Ollama's errors are text, all others' are objects. */
export function startRefusal(status: number): Promise<LoopbackServer> {
  return startLoopbackServer(({ url }, response) => {
    const message = `forced ${status}`;
    const error = url === '/api/chat' ? message : { message, type: 'server_error', code: status };
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ error }));
  });
}

/** A recorded JSON answer, to be changed. */
export function recordedJson(id: string): unknown {
  return structuredClone(exchangeOf(id)?.response.json);
}

/** The events of a recorded stream, to be changed; what is no JSON stays text. */
export function recordedEvents<Event>(id: string): Array<Event | string> {
  const lines = (exchangeOf(id)?.response.text ?? '').split(/\r?\n/).filter((line) => line.startsWith('data: '));
  return lines.map((line) => {
    const data = line.slice('data: '.length);
    return data.startsWith('{') ? (JSON.parse(data) as Event) : data;
  });
}

/** Server-sent events; the vendors that name theirs do it by the `type` inside. */
export function toEventStream(events: ReadonlyArray<object | string>): { contentType: string; body: string } {
  const body = events.map((event) => {
    if (typeof event === 'string') return `data: ${event}\n\n`;
    const name = 'type' in event && typeof event.type === 'string' ? `event: ${event.type}\n` : '';
    return `${name}data: ${JSON.stringify(event)}\n\n`;
  });
  return { contentType: 'text/event-stream', body: body.join('') };
}

export function toJson(body: object): { contentType: string; body: string } {
  return { contentType: 'application/json', body: JSON.stringify(body) };
}

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import { GoogleGenAI } from '@google/genai';
import { Mistral } from '@mistralai/mistralai';
import { expect } from 'chai';
import { CohereClientV2 } from 'cohere-ai';
import Groq from 'groq-sdk';
import { Ollama } from 'ollama';
import { LlmCall } from 'spanwright';
import { captureSpans } from 'spanwright/testing';

const STATUS = 403;
const message = { role: 'user' as const, content: 'a question' };
const chat = { model: 'm', messages: [message] };
const credentials = { accessKeyId: 'none', secretAccessKey: 'none' };

// Each client names the status of its errors in its own way.
const CLIENTS: Readonly<Record<string, (url: string) => Promise<unknown>>> = {
  'groq-sdk': (baseURL) => new Groq({ apiKey: 'key', baseURL, maxRetries: 0 }).chat.completions.create(chat),
  '@google/genai': (baseUrl) =>
    new GoogleGenAI({ apiKey: 'key', httpOptions: { baseUrl } }).models.generateContent({ model: 'm', contents: 'a' }),
  '@mistralai/mistralai': (serverURL) =>
    new Mistral({ apiKey: 'key', serverURL, retryConfig: { strategy: 'none' } }).chat.complete(chat),
  'cohere-ai': (environment) => new CohereClientV2({ token: 'key', environment }).chat(chat, { maxRetries: 0 }),
  ollama: (host) => new Ollama({ host }).chat({ ...chat, stream: false }),
  '@aws-sdk/client-bedrock-runtime': async (endpoint) => {
    const bedrock = new BedrockRuntimeClient({ region: 'us-east-1', endpoint, credentials, maxAttempts: 1 });
    try {
      const messages = [{ role: 'user' as const, content: [{ text: 'a question' }] }];
      return await bedrock.send(new ConverseCommand({ modelId: 'm', messages }));
    } finally {
      bedrock.destroy();
    }
  },
};

const HTTP2 = '@aws-sdk/client-bedrock-runtime';

function refuse(request: IncomingMessage | Http2ServerRequest, response: ServerResponse | Http2ServerResponse): void {
  request.resume();
  request.on('end', () => {
    response.writeHead(STATUS, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ message: 'no', error: 'no' }));
  });
}

describe('the status of a failed call to a model', () => {
  const servers = { http1: createServer(refuse), http2: createHttp2Server(refuse) };

  before(async () => {
    for (const server of Object.values(servers)) await once(server.listen(0, '127.0.0.1'), 'listening');
  });
  after(() => {
    for (const server of Object.values(servers)) server.close();
  });

  for (const [name, call] of Object.entries(CLIENTS)) {
    it(`is the error.type through ${name}`, async () => {
      const { port } = servers[name === HTTP2 ? 'http2' : 'http1'].address() as AddressInfo;
      await captureSpans(async (spans) => {
        let thrown: unknown;
        try {
          await LlmCall.run('call', () => call(`http://127.0.0.1:${port}`));
        } catch (error) {
          thrown = error;
        }
        expect(thrown).to.be.instanceOf(Error);
        const span = spans.finished().find(({ instrumentationScope: { name: scope } }) => scope === 'spanwright');
        expect(span?.attributes['error.type'], String(thrown)).to.equal(String(STATUS));
      });
    });
  }
});

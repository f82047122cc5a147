import { type IncomingMessage, request as httpRequest } from 'node:http';

/** What the AWS SDK wants sent. */
interface SentRequest {
  readonly hostname: string;
  readonly port?: number;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

interface Handled {
  readonly response: {
    readonly statusCode: number;
    readonly headers: Record<string, string>;
    readonly body: IncomingMessage;
  };
}

/** Carries requests of the AWS SDK over HTTP/1.1: the client's own way to Bedrock is HTTP/2, which a replay does not speak. */
export class PlainHttpHandler {
  handle({ hostname, port, method, path, headers, body }: SentRequest): Promise<Handled> {
    return new Promise((resolve, reject) => {
      const request = httpRequest({ hostname, port, method, path, headers }, (message) => {
        const flat = Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, String(value)]));
        resolve({ response: { statusCode: message.statusCode ?? 0, headers: flat, body: message } });
      });
      request.on('error', reject);
      request.end(body);
    });
  }
}

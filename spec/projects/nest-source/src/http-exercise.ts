import type { IncomingMessage } from 'node:http';
import { request } from 'node:http';

import { ledger } from './ledger.js';

interface Given {
  readonly headers?: Record<string, string | undefined>;
  readonly body?: unknown;
}

interface Answer {
  readonly status: number | undefined;
  readonly headers: Record<string, unknown>;
  readonly body: string;
}

const KEY = { 'x-key': 'k' };
const NO_KEY = { 'x-key': undefined };
const CHANGING = ['date', 'connection', 'keep-alive'];

function open(port: number, method: string, path: string, given: Given = {}): Promise<IncomingMessage> {
  const text = given.body === undefined ? undefined : JSON.stringify(given.body);
  const type = text === undefined ? {} : { 'content-type': 'application/json', 'content-length': String(text.length) };
  return new Promise((resolve, reject) => {
    const all = Object.entries({ ...KEY, ...type, ...given.headers }).filter(([, value]) => value !== undefined);
    const headers = Object.fromEntries(all) as Record<string, string>;
    request({ host: '127.0.0.1', port, method, path, headers, agent: false }, resolve).once('error', reject).end(text);
  });
}

async function ask(port: number, method: string, path: string, given?: Given): Promise<Answer> {
  const answer = await open(port, method, path, given);
  let body = '';
  for await (const chunk of answer.setEncoding('utf8')) body += chunk as string;
  const headers = Object.entries(answer.headers).filter(([name]) => !CHANGING.includes(name));
  return { status: answer.statusCode, headers: Object.fromEntries(headers), body };
}

/** Reads two events of a stream that has no end, then goes away. */
async function leaveEarly(port: number): Promise<Answer> {
  const answer = await open(port, 'GET', '/streams/endless');
  const isOver = ledger.seen('endless is over');
  let body = '';
  for await (const chunk of answer.setEncoding('utf8')) {
    body += chunk as string;
    if (body.includes('"tick":1')) break;
  }
  // Leaving the loop destroyed the answer; the server hears of it and tears the source down. A route that is not there
  // has no source.
  if (answer.statusCode === 200) await isOver;
  return { status: answer.statusCode, headers: {}, body: body.slice(0, body.indexOf('"tick":1')) };
}

const EXERCISES: readonly (readonly [method: string, path: string, given?: Given])[] = [
  // The global guard reads metadata of the handler.
  ['GET', '/tickets/open?limit=3', { headers: NO_KEY }],
  ['GET', '/tickets/open?limit=3'],
  ['GET', '/tickets/open?limit=three'],
  ['GET', '/tickets/old'],
  ['GET', '/tickets/old?to=7'],
  // A guard on the method with roles as metadata: refuses, refuses, lets in.
  ['GET', '/tickets/admin'],
  ['GET', '/tickets/admin', { headers: { 'x-role': 'guest' } }],
  ['GET', '/tickets/admin', { headers: { 'x-role': 'owner' } }],
  ['GET', '/tickets/desk'],
  ['GET', '/tickets/desk', { headers: { 'x-desk': '1' } }],
  ['GET', '/tickets/wrapped'],
  ['GET', '/tickets/view/8'],
  ['GET', '/tickets/view/800'],
  ['GET', '/tickets/view/x'],
  ['PATCH', '/tickets/echo'],
  ['GET', '/tickets/echo'],
  ['GET', '/tickets/version', { headers: { 'x-version': '2' } }],
  ['GET', '/tickets/version', { headers: { 'x-version': '3' } }],
  ['GET', '/tickets/broken?late=false'],
  ['GET', '/tickets/broken?late=true'],
  ['GET', '/tickets/7', { headers: { 'x-user': 'ada' } }],
  ['GET', '/tickets/7', { headers: NO_KEY }],
  ['GET', '/tickets/7?verbose=yes'],
  ['GET', '/tickets/seven'],
  ['POST', '/tickets', { body: { title: 'printer', priority: 2 } }],
  ['POST', '/tickets', { body: { title: 'printer', priority: 5 } }],
  ['POST', '/tickets', { body: { title: 'p', priority: 9, more: true } }],
  ['PUT', '/tickets/7/title', { body: { title: '  printer ' } }],
  ['DELETE', '/tickets/7'],
  ['DELETE', '/tickets/13'],
  ['GET', '/tickets/13'],
  // A guard on the class, for routes of its own and inherited ones.
  ['GET', '/desks/list'],
  ['GET', '/desks/list', { headers: { 'x-team': 'support' } }],
  ['GET', '/desks/first', { headers: { 'x-team': 'support' } }],
  ['GET', '/teams/list'],
  ['GET', '/teams/first'],
  ['GET', '/joined/secret'],
  ['GET', '/joined/secret', { headers: { 'x-role': 'owner' } }],
  ['GET', '/streams/three'],
  ['GET', '/streams/later'],
  ['GET', '/streams/failing'],
  ['GET', '/streams/last'],
  ['GET', '/streams/file'],
];

function labelOf(method: string, path: string, { headers = {}, body }: Given): string {
  const said = Object.entries(headers).map(([name, value]) =>
    value === undefined ? `no ${name}` : `${name}=${value}`,
  );
  return [method, path, ...said, ...(body === undefined ? [] : [JSON.stringify(body)])].join(' ');
}

/** Answers by request. */
export async function exerciseHttp(port: number): Promise<Record<string, unknown>> {
  const answers: Record<string, unknown> = {};
  for (const [method, path, given = {}] of EXERCISES) {
    answers[labelOf(method, path, given)] = await ask(port, method, path, given);
  }
  answers['two at once'] = await Promise.all(
    ['ada', 'bob'].map((user) => ask(port, 'GET', '/scoped', { headers: { 'x-user': user } })),
  );
  answers['two tenants'] = await Promise.all(
    ['acme', 'byte'].map((tenant) =>
      ask(port, 'GET', '/tenants', { headers: { 'x-tenant': tenant, 'x-region': `of ${tenant}` } }),
    ),
  );
  answers['left early'] = await leaveEarly(port);
  return answers;
}

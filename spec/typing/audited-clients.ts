import Anthropic from '@anthropic-ai/sdk';
import { S3Client } from '@aws-sdk/client-s3';
import nodeFetch from 'node-fetch';
import OpenAI from 'openai';
import type { QueryResult } from 'pg';
import { Pool } from 'pg';
import { fetch as undiciFetch } from 'undici';

import { auditedClient } from '#lib/audit/clients/audited-client.js';
import { auditedFetch } from '#lib/audit/clients/audited-fetch.js';
import type { Holds, Same } from './same.js';

// A fetch keeps its type, whoever made it.
const ours = auditedFetch(fetch, { provider: 'zendesk', callType: 'http', level: 'metadata' });
const bare = auditedFetch(fetch);
const undici = auditedFetch(undiciFetch, { actor: () => ({ type: 'service' }) });
const node = auditedFetch(nodeFetch, { actor: { type: 'user', id: '7' } });
export type Fetches = [
  Holds<Same<typeof ours, typeof fetch>>,
  Holds<Same<typeof bare, typeof fetch>>,
  Holds<Same<typeof undici, typeof undiciFetch>>,
  Holds<Same<typeof node, typeof nodeFetch>>,
];

// @ts-expect-error what gives no promise is no fetch
auditedFetch((url: string) => url.length);
// @ts-expect-error there is no such level
auditedFetch(fetch, { level: 'everything' });

// Clients keep their class, and their promises and streams their methods.
const openai = auditedClient(new OpenAI(), { callType: 'llm' });
const anthropic = auditedClient(new Anthropic(), { callType: 'llm', provider: 'anthropic' });
const create = () => openai.chat.completions.create({ model: 'm', messages: [] });
const stream = () => openai.chat.completions.create({ model: 'm', messages: [], stream: true });
const helper = () => anthropic.messages.stream({ model: 'm', max_tokens: 1, messages: [] });
type Whole = Awaited<ReturnType<ReturnType<typeof create>['withResponse']>>['data'];
export type Sdks = [
  Holds<Same<typeof openai, OpenAI>>,
  Holds<Same<typeof anthropic, Anthropic>>,
  Holds<Same<Whole, OpenAI.ChatCompletion>>,
  Holds<Same<ReturnType<ReturnType<typeof helper>['finalText']>, Promise<string>>>,
];
export const whole = (): Promise<string | null | undefined> =>
  create().then(({ choices: [first] }) => first?.message.content);
export const parts = async (): Promise<string[]> => {
  const texts: string[] = [];
  for await (const { choices } of await stream()) texts.push(choices[0]?.delta.content ?? '');
  return texts;
};

// Of other clients the methods are named.
const pool = auditedClient(new Pool(), { callType: 'sql', methods: ['query'] });
const s3 = auditedClient(new S3Client(), { callType: 'blob', methods: ['send'] });
const rows = () => pool.query<{ n: number }>('select 7 as n');
export type Clients = [
  Holds<Same<typeof pool, Pool>>,
  Holds<Same<typeof s3, S3Client>>,
  Holds<Same<ReturnType<typeof rows>, Promise<QueryResult<{ n: number }>>>>,
];

// @ts-expect-error the type of the call has no default
auditedClient(new Pool(), { methods: ['query'] });
// @ts-expect-error a pool has no such method
auditedClient(new Pool(), { callType: 'sql', methods: ['ask'] });
// @ts-expect-error a count is no method
auditedClient(new Pool(), { callType: 'sql', methods: ['totalCount'] });
// @ts-expect-error an actor has a type
auditedClient(new Pool(), { callType: 'sql', methods: ['query'], actor: { id: '7' } });

import type { Json } from './endpoint.js';
import { asName, asNumber, asObject } from './json-fields.js';

/** What a row of a batch holds: an answer, or what its request failed with. */
export interface BatchRow {
  readonly response?: unknown;
  readonly error?: object;
}

// A thrown error would carry a stack of ours; what a row says is told by its fields alone.
function failure(error: Json | undefined, type: string, status?: number): object {
  const inner = asObject(error?.['error']) ?? error;
  const name = asName(inner?.['type']) ?? asName(inner?.['code']) ?? type;
  return { name, message: asName(inner?.['message']) ?? name, ...(status === undefined ? {} : { status }) };
}

// source: https://platform.openai.com/docs/api-reference/batch/request-output
function openaiRow(row: Json): BatchRow {
  const response = asObject(row['response']);
  const status = asNumber(response?.['status_code']);
  const body = response?.['body'];
  if (response !== undefined && (status === undefined || status < 400)) return { response: body };
  return { error: failure(asObject(row['error']) ?? asObject(body), 'error', status) };
}

// source: https://docs.anthropic.com/en/api/retrieving-message-batch-results
function anthropicRow(result: Json): BatchRow {
  const type = asName(result['type']) ?? 'error';
  return type === 'succeeded' ? { response: result['message'] } : { error: failure(asObject(result['error']), type) };
}

/** Opens a line of the file that a batch of OpenAI, Azure, Groq, Mistral or Anthropic came back as; undefined for anything else. */
export function openBatchRow(value: Json): BatchRow | undefined {
  if (typeof value['custom_id'] !== 'string') return undefined;
  const result = asObject(value['result']);
  if (typeof result?.['type'] === 'string') return anthropicRow(result);
  return 'response' in value || 'error' in value ? openaiRow(value) : undefined;
}

/** The request of a line of a batch's input: `body`, or `params` of Anthropic; the value itself where it is none. */
export function requestOfRow(value: Json): unknown {
  if (typeof value['custom_id'] !== 'string') return value;
  return asObject(value['body']) ?? asObject(value['params']) ?? value;
}

import type { Json } from '../endpoint.js';
import { asList, asName, asObject } from '../json-fields.js';

/** Why an answer ended: for the facts, where it did, and for its message. */
interface Finish {
  readonly reason?: string;
  readonly message: string;
}

const STOP: Finish = { reason: 'stop', message: 'stop' };
const TOOL_CALLS: Finish = { reason: 'tool_calls', message: 'tool_call' };
const LENGTH: Finish = { reason: 'length', message: 'length' };
const ERROR: Finish = { reason: 'error', message: 'error' };

function hasToolCall(response: Json): boolean {
  return asList(response['output']).some((item) => {
    const type = asObject(item)?.['type'];
    return type === 'function_call' || type === 'custom_tool_call';
  });
}

/**
 * Tells why an answer ended. Responses have a status and no finish reason; the words are those of Chat Completions, so
 * that one query finds both: `stop`, `tool_calls` where the user's tools are called, `length`, `content_filter`, `error`.
 */
export function openaiResponsesFinish(response: Json): Finish {
  const status = asName(response['status']);
  switch (status) {
    case 'completed':
      return hasToolCall(response) ? TOOL_CALLS : STOP;
    case 'failed':
      return ERROR;
    case 'incomplete': {
      const reason = asName(asObject(response['incomplete_details'])?.['reason']);
      if (reason === 'max_output_tokens') return LENGTH;
      return { reason: reason ?? status, message: reason ?? status };
    }
    case 'in_progress':
    case 'queued':
    case undefined:
      return { message: status ?? 'unknown' };
    default:
      return { reason: status, message: status };
  }
}

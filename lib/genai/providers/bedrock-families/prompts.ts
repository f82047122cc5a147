import type { Json } from '../../endpoint.js';
import {
  asCount,
  asList,
  asName,
  asNames,
  asNumber,
  asObject,
  asObjects,
  present,
  presentAny,
} from '../../json-fields.js';
import type { CallMessages, RequestFacts, ResponseFacts, Usage } from '../../record.js';
import { completionMessages, CompletionMerger, promptMessages, toCompletionReason } from './completion.js';
import type { BedrockFamily } from './family.js';

/** Completions of one request; the APIs give a handful at most. */
const MAX_COMPLETIONS = 16;

const REASONS: Readonly<Record<string, string>> = { endoftext: 'stop' };

/** One completion of several: its text and why it ended. */
interface Completion {
  readonly text: unknown;
  readonly reason: unknown;
}

function finishReasonsOf(completions: readonly Completion[]): string[] | undefined {
  return asNames(completions.slice(0, MAX_COMPLETIONS).map(({ reason }) => reason));
}

function messagesOf(completions: readonly Completion[]): CallMessages {
  const output = completions.flatMap(
    ({ text, reason }) => completionMessages(text, toCompletionReason(reason, REASONS)).output ?? [],
  );
  return output.length > 0 ? { output } : {};
}

function jurassicCompletions(body: Json): Completion[] {
  return asObjects(asList(body['completions']).slice(0, MAX_COMPLETIONS)).map((completion) => ({
    text: asObject(completion['data'])?.['text'],
    reason: asObject(completion['finishReason'])?.['reason'],
  }));
}

/** AI21's Jurassic-2. It lists tokens and counts none. */
export const jurassic: BedrockFamily = {
  modelMark: 'ai21.j2',
  operation: 'text_completion',
  isRequest: (body) => typeof body['prompt'] === 'string' && ('maxTokens' in body || 'numResults' in body),
  isResponse: (body) => asObject(asObject(asList(body['completions'])[0])?.['data']) !== undefined,
  readRequest: (body) =>
    present<RequestFacts>({
      maxTokens: asCount(body['maxTokens']),
      temperature: asNumber(body['temperature']),
      topP: asNumber(body['topP']),
      stopSequences: asNames(body['stopSequences']),
      frequencyPenalty: asNumber(asObject(body['frequencyPenalty'])?.['scale']),
      presencePenalty: asNumber(asObject(body['presencePenalty'])?.['scale']),
    }),
  readResponse: (body) => {
    const number = asCount(body['id']);
    const id = number === undefined ? asName(body['id']) : String(number);
    return { response: present<ResponseFacts>({ id, finishReasons: finishReasonsOf(jurassicCompletions(body)) }) };
  },
  readInput: (body) => promptMessages(body['prompt']),
  readOutput: (body) => messagesOf(jurassicCompletions(body)),
};

function mistralCompletions(body: Json): Completion[] {
  return asObjects(asList(body['outputs']).slice(0, MAX_COMPLETIONS)).map((output) => ({
    text: output['text'],
    reason: output['stop_reason'],
  }));
}

/** Mistral with a prompt. The body has no counts. */
export const mistral: BedrockFamily = {
  modelMark: 'mistral.',
  operation: 'text_completion',
  isRequest: (body) => typeof body['prompt'] === 'string' && !('max_gen_len' in body),
  isResponse: (body) => asObject(asList(body['outputs'])[0])?.['text'] !== undefined,
  readRequest: (body) =>
    present<RequestFacts>({
      maxTokens: asCount(body['max_tokens']),
      temperature: asNumber(body['temperature']),
      topP: asNumber(body['top_p']),
      topK: asNumber(body['top_k']),
      stopSequences: asNames(body['stop']),
    }),
  readResponse: (body) => ({
    response: present<ResponseFacts>({ finishReasons: finishReasonsOf(mistralCompletions(body)) }),
  }),
  readInput: (body) => promptMessages(body['prompt']),
  readOutput: (body) => messagesOf(mistralCompletions(body)),
  isChunk: (body) => asObject(asList(body['outputs'])[0])?.['text'] !== undefined,
  createMerger: () =>
    new CompletionMerger({
      text: 'text',
      facts: ['stop_reason'],
      sourceOf: (chunk) => asObject(asList(chunk['outputs'])[0]),
      toBody: (text, facts) => ({ outputs: [{ text, ...facts }] }),
    }),
};

/** Llama with a prompt. */
export const llama: BedrockFamily = {
  modelMark: 'meta.llama',
  operation: 'text_completion',
  isRequest: (body) => typeof body['prompt'] === 'string',
  isResponse: (body) => typeof body['generation'] === 'string',
  readRequest: (body) =>
    present<RequestFacts>({
      maxTokens: asCount(body['max_gen_len']),
      temperature: asNumber(body['temperature']),
      topP: asNumber(body['top_p']),
    }),
  readResponse: (body) => {
    const reason = asName(body['stop_reason']);
    const usage = presentAny<Usage>({
      inputTokens: asCount(body['prompt_token_count']),
      outputTokens: asCount(body['generation_token_count']),
    });
    const response = present<ResponseFacts>({ finishReasons: reason === undefined ? undefined : [reason] });
    return usage === undefined ? { response } : { response, usage };
  },
  readInput: (body) => promptMessages(body['prompt']),
  readOutput: (body) => completionMessages(body['generation'], toCompletionReason(body['stop_reason'], REASONS)),
  isChunk: (body) => typeof body['generation'] === 'string',
  createMerger: () =>
    new CompletionMerger({
      text: 'generation',
      facts: ['stop_reason', 'prompt_token_count', 'generation_token_count'],
      toBody: (generation, facts) => ({ generation, ...facts }),
    }),
};

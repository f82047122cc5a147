import type { Json, RequestReading, ResponseReading } from '../endpoint.js';
import {
  asChoiceCount,
  asCount,
  asList,
  asName,
  asNames,
  asNumber,
  asObject,
  asObjects,
  present,
} from '../json-fields.js';
import type { OutputMessage, Part } from '../messages.js';
import type { CallMessages, RequestFacts, ResponseFacts } from '../record.js';
import { toMessages, toParts, toRole, toTools } from './gemini-content.js';
import { toUsage } from './gemini-usage.js';

/** The name of Vertex AI among providers. */
export const VERTEX = 'gcp.vertex_ai';

/** Choices of an answer that are looked at; the API gives 8 at most. */
const MAX_CANDIDATES = 64;

/** Numbers of the enumeration that mean the same in both APIs; clients that ask for numbers get them. */
const NUMBERED = ['FINISH_REASON_UNSPECIFIED', 'STOP', 'MAX_TOKENS', 'SAFETY', 'RECITATION', 'OTHER'];

/** The provider's word for why a candidate ended. */
export function finishWord(reason: unknown): string | undefined {
  const number = asCount(reason);
  return number === undefined ? asName(reason) : (NUMBERED[number] ?? String(number));
}

/** The conventions' word for it; `error` where the answer broke off before it gave one. */
export function toFinishReason(reason: unknown): string {
  const word = finishWord(reason);
  switch (word) {
    case undefined:
      return 'error';
    case 'STOP':
      return 'stop';
    case 'MAX_TOKENS':
      return 'length';
    case 'SAFETY':
    case 'RECITATION':
    case 'BLOCKLIST':
    case 'PROHIBITED_CONTENT':
    case 'SPII':
      return 'content_filter';
    default:
      return word.toLowerCase();
  }
}

/** The parameters: the client takes them as `config`, the wire as `generationConfig`. */
function configOf(value: Json): Json {
  return asObject(value['config']) ?? asObject(value['generationConfig']) ?? {};
}

function outputTypeOf(config: Json): RequestFacts['outputType'] {
  const mimeType = config['responseMimeType'];
  if (mimeType === 'application/json') return 'json';
  const modalities = asNames(config['responseModalities']) ?? [];
  if (modalities.includes('IMAGE')) return 'image';
  if (modalities.includes('AUDIO')) return 'speech';
  return mimeType === 'text/plain' ? 'text' : undefined;
}

/** Where a request goes: the model alone, and whether its name or the path on the wire is one of Vertex AI. */
export function targetOf(value: Json): { model?: string; isVertex: boolean } {
  const path = asName(value['path']);
  const name = asName(value['model']) ?? (path === undefined ? undefined : /models\/[^/:?]+/.exec(path)?.[0]);
  const isVertex = /^(projects|publishers)\//.test(name ?? '') || (path?.includes('/publishers/') ?? false);
  const start = name?.lastIndexOf('models/') ?? -1;
  const model = start === -1 ? name : name?.slice(start + 'models/'.length);
  return { ...present<{ model?: string }>({ model }), isVertex };
}

/** The facts of a request as the client or the wire has them; `path`, where given, is the path on the wire. */
export function readGenerateRequest(value: Json): RequestReading {
  const config = configOf(value);
  const { model, isVertex } = targetOf(value);
  const request = present<RequestFacts>({
    model,
    maxTokens: asCount(config['maxOutputTokens']),
    temperature: asNumber(config['temperature']),
    topP: asNumber(config['topP']),
    topK: asNumber(config['topK']),
    frequencyPenalty: asNumber(config['frequencyPenalty']),
    presencePenalty: asNumber(config['presencePenalty']),
    stopSequences: asNames(config['stopSequences']),
    seed: asNumber(config['seed']),
    choiceCount: asChoiceCount(config['candidateCount']),
    stream: asName(value['path'])?.includes(':streamGenerateContent') === true ? true : undefined,
    reasoningLevel: asName(asObject(config['thinkingConfig'])?.['thinkingLevel']),
    outputType: outputTypeOf(config),
    serviceTier: asName(config['serviceTier'] ?? value['serviceTier']),
  });
  return isVertex ? { request, provider: VERTEX } : { request };
}

function finishReasonsOf(value: Json): string[] | undefined {
  const reasons: string[] = [];
  for (const candidate of asList(value['candidates']).slice(0, MAX_CANDIDATES)) {
    const word = finishWord(asObject(candidate)?.['finishReason']);
    if (word !== undefined) reasons.push(word);
  }
  // A prompt that was blocked has no candidate; why it was is the only reason there is.
  const blocked = reasons.length === 0 ? finishWord(asObject(value['promptFeedback'])?.['blockReason']) : undefined;
  if (blocked !== undefined) reasons.push(blocked);
  return reasons.length > 0 ? reasons : undefined;
}

/** The facts of an answer. Only Vertex AI says the kind of traffic and when it was asked. */
export function readGenerateResponse(value: Json): ResponseReading {
  const metadata = asObject(value['usageMetadata']) ?? {};
  const response = present<ResponseFacts>({
    id: asName(value['responseId']),
    model: asName(value['modelVersion']),
    finishReasons: finishReasonsOf(value),
    serviceTier: asName(metadata['serviceTier']),
  });
  const usage = toUsage(metadata);
  const isVertex = metadata['trafficType'] !== undefined || value['createTime'] !== undefined;
  return {
    response,
    ...(usage === undefined ? {} : { usage }),
    ...(isVertex ? { provider: VERTEX } : {}),
  };
}

/** The content of a request. */
export function readGenerateInput(value: Json): CallMessages {
  const config = configOf(value);
  const system = toParts(config['systemInstruction'] ?? value['systemInstruction']);
  const tools = toTools(config['tools'] ?? value['tools']);
  return present<CallMessages>({
    system: system.length > 0 ? system : undefined,
    input: value['contents'] === undefined ? undefined : toMessages(value['contents']),
    tools: tools.length > 0 ? tools : undefined,
  });
}

// A prompt that was blocked shows as a choice without content, so that it does not look like an answer that got lost.
function blockedMessages(feedback: Json | undefined): OutputMessage[] {
  if (feedback === undefined || finishWord(feedback['blockReason']) === undefined) return [];
  const why = asName(feedback['blockReasonMessage']);
  const parts: Part[] = why === undefined ? [] : [{ type: 'refusal', content: why }];
  return [{ role: 'assistant', parts, finish_reason: 'content_filter' }];
}

/** The content of an answer. */
export function readGenerateOutput(value: Json): CallMessages {
  const output = asObjects(value['candidates']).map((candidate): OutputMessage => {
    const content = asObject(candidate['content']);
    return {
      role: toRole(content?.['role'], 'assistant'),
      parts: toParts({ parts: asList(content?.['parts']) }),
      finish_reason: toFinishReason(candidate['finishReason']),
    };
  });
  const messages = output.length > 0 ? output : blockedMessages(asObject(value['promptFeedback']));
  return messages.length > 0 ? { output: messages } : {};
}

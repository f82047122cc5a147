import type { Json, ResponseReading } from '../endpoint.js';
import type { RequestFacts, ResponseFacts, Usage } from '../record.js';
import { asCount, asName, asNumber, asObject, asTexts, present, presentAny } from '../json-fields.js';

/** Fields that only requests to Ollama have. */
export function isOllamaRequest(request: Json): boolean {
  return (
    asObject(request['options']) !== undefined || request['keep_alive'] !== undefined || request['think'] !== undefined
  );
}

/** Reads the parameters of a chat or a generation, which stand in `options`. */
export function readOllamaRequest(request: Json): RequestFacts {
  const options = asObject(request['options']) ?? {};
  const { format } = request;
  return present<RequestFacts>({
    model: asName(request['model']),
    // -1 and -2 mean no limit.
    maxTokens: asCount(options['num_predict']),
    temperature: asNumber(options['temperature']),
    topP: asNumber(options['top_p']),
    topK: asCount(options['top_k']),
    frequencyPenalty: asNumber(options['frequency_penalty']),
    presencePenalty: asNumber(options['presence_penalty']),
    stopSequences: asTexts(options['stop']),
    seed: asNumber(options['seed']),
    stream: request['stream'] === true ? true : undefined,
    reasoningLevel: asName(request['think']),
    outputType: format === 'json' || asObject(format) !== undefined ? 'json' : undefined,
  });
}

/** Reads the counts. One that is not there stays so: a prompt that was found in the cache is not counted. */
export function readOllamaUsage(response: Json): Usage | undefined {
  return presentAny<Usage>({
    inputTokens: asCount(response['prompt_eval_count']),
    outputTokens: asCount(response['eval_count']),
  });
}

/** Reads the facts of a chat or a generation. Answers have no id. */
export function readOllamaResponse(response: Json): ResponseReading {
  const reason = asName(response['done_reason']);
  const usage = readOllamaUsage(response);
  return {
    response: present<ResponseFacts>({
      model: asName(response['model']),
      finishReasons: reason === undefined ? undefined : [reason],
    }),
    ...(usage === undefined ? {} : { usage }),
  };
}

/** Why a message ended: Ollama says `stop` also where tools are called. */
export function ollamaMessageFinish(response: Json, hasToolCalls: boolean): string {
  const reason = asName(response['done_reason']);
  return reason === 'stop' && hasToolCalls ? 'tool_call' : (reason ?? 'unknown');
}

import type { Json, ResponseReading } from '../endpoint.js';
import type { RequestFacts, ResponseFacts, Usage } from '../record.js';
import { countOf, defined, knownCounts, numberOf, objectOf, textOf, textsOf } from './plain-fields.js';

/** Fields that only requests to Ollama have. */
export function isOllamaRequest(request: Json): boolean {
  return (
    objectOf(request['options']) !== undefined || request['keep_alive'] !== undefined || request['think'] !== undefined
  );
}

/** Reads the parameters of a chat or a generation, which stand in `options`. */
export function readOllamaRequest(request: Json): RequestFacts {
  const options = objectOf(request['options']) ?? {};
  const { format } = request;
  return defined<RequestFacts>({
    model: textOf(request['model']),
    // -1 and -2 mean no limit.
    maxTokens: countOf(options['num_predict']),
    temperature: numberOf(options['temperature']),
    topP: numberOf(options['top_p']),
    topK: countOf(options['top_k']),
    frequencyPenalty: numberOf(options['frequency_penalty']),
    presencePenalty: numberOf(options['presence_penalty']),
    stopSequences: textsOf(options['stop']),
    seed: numberOf(options['seed']),
    stream: request['stream'] === true ? true : undefined,
    reasoningLevel: textOf(request['think']),
    outputType: format === 'json' || objectOf(format) !== undefined ? 'json' : undefined,
  });
}

/** Reads the counts. One that is not there stays so: a prompt that was found in the cache is not counted. */
export function readOllamaUsage(response: Json): Usage | undefined {
  return knownCounts<Usage>({
    inputTokens: countOf(response['prompt_eval_count']),
    outputTokens: countOf(response['eval_count']),
  });
}

/** Reads the facts of a chat or a generation. Answers have no id. */
export function readOllamaResponse(response: Json): ResponseReading {
  const reason = textOf(response['done_reason']);
  const usage = readOllamaUsage(response);
  return {
    response: defined<ResponseFacts>({
      model: textOf(response['model']),
      finishReasons: reason === undefined ? undefined : [reason],
    }),
    ...(usage === undefined ? {} : { usage }),
  };
}

/** Why a message ended: Ollama says `stop` also where tools are called. */
export function ollamaMessageFinish(response: Json, hasToolCalls: boolean): string {
  const reason = textOf(response['done_reason']);
  return reason === 'stop' && hasToolCalls ? 'tool_call' : (reason ?? 'unknown');
}

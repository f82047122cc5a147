import { TraceFlags } from '@opentelemetry/api';
import { currentCall, recordLlmCall } from 'spanwright';
import { argumentsFor, decoratedCall, DECORATORS, resultFor } from '../decorated-call.js';
import type { CallPlan, DecoratorName } from '../decorated-call.js';
import type { Place, Trial } from '../trial.js';

type PlanOf = (canary: string, trial: Trial) => CallPlan;

const REMOTE = {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  traceFlags: TraceFlags.SAMPLED,
};

function placeOf(title: string, decorators: readonly DecoratorName[] | undefined, planOf: PlanOf): Place {
  return {
    title,
    ...(decorators && { decorators }),
    run: (trial) => decoratedCall(trial, planOf(trial.text, trial)),
  };
}

const given = (place: Place): Place => ({ ...place, isGiven: true });

function chat(fields: object): unknown[] {
  const [request] = argumentsFor('LlmCall', 'Hello') as [object];
  return [{ ...request, ...fields }];
}

const NAMES: readonly Place[] = [
  {
    title: 'in the name of a function',
    decorators: ['Traced', 'ToolCall', 'AgentCall', 'ExternalCall'],
    run: ({ decorator, text, fails }) => {
      const named = { [text]: () => (fails ? Promise.reject(new Error('it failed')) : 'done') }[text];
      const call = DECORATORS[decorator].wrap({}, named ?? (() => undefined));
      return Promise.resolve(call()).catch(() => undefined);
    },
  },
  placeOf('in a made span name', undefined, (canary) => ({ options: { spanName: () => `look up ${canary}` } })),
  placeOf('in a span name', undefined, (canary) => ({ options: { spanName: `look up ${canary}` } })),
  placeOf('in what an agent is called', ['AgentCall'], (canary) => ({
    options: { name: canary, id: () => canary, description: () => canary, version: canary, provider: canary },
  })),
  placeOf('in what a tool is called', ['ToolCall'], (canary) => ({
    options: { name: canary, callId: () => canary, description: () => canary },
  })),
  placeOf('in the name of a data source', ['RetrievalCall'], (canary) => ({
    options: { dataSource: canary, provider: canary, query: () => canary },
  })),
  placeOf('in the name of a model', ['LlmCall', 'EmbeddingCall'], (canary, { decorator }) => ({
    options: { model: canary, provider: canary },
    args: decorator === 'LlmCall' ? chat({ model: canary }) : [{ model: canary, input: ['x'] }],
  })),
  placeOf('in the provider of an external call', ['ExternalCall'], (canary) => ({
    options: { callType: canary, provider: canary },
    result: () => ({ status: canary }),
  })),
  placeOf('in id and type of a task', ['Task'], (canary) => ({ options: { id: () => canary, type: () => canary } })),
  placeOf('in the description of a task', ['Task'], (canary) => ({ options: { description: () => canary } })),
  placeOf('in the status of a task', ['Task'], (canary) => ({ options: { status: () => canary } })),
  placeOf('in name and description of a workflow', ['Workflow'], (canary) => ({
    options: { name: canary, description: () => canary },
  })),
  placeOf('in the run id of a workflow', ['Workflow'], (canary) => ({ options: { runId: () => canary } })),
  placeOf('in strategy and trigger of a remediation', ['Remediation'], (canary) => ({
    options: { strategy: () => canary, trigger: () => canary },
  })),
  placeOf('in violations of a policy', ['PolicyCheck'], (canary) => ({
    result: () => [{ rule: canary, reason: `refused: ${canary}` }],
  })),
];

const MODELS: readonly Place[] = [
  placeOf('in a system prompt', ['LlmCall'], (canary) => ({
    args: chat({ messages: [{ role: 'system', content: `Use ${canary}` }], system: canary, instructions: canary }),
  })),
  placeOf('in definitions of tools', ['LlmCall'], (canary) => ({
    args: chat({
      tools: [{ type: 'function', function: { name: 'f', description: canary, parameters: { default: canary } } }],
    }),
  })),
  placeOf('in parameters of a request', ['LlmCall'], (canary) => ({
    args: chat({ stop: [canary], user: canary, metadata: { note: canary }, service_tier: canary, seed: 1 }),
  })),
  placeOf('in ids and finish reasons of an answer', ['LlmCall'], (canary) => ({
    result: () => {
      const message = { role: 'assistant', content: canary, refusal: canary };
      const choices = [{ index: 0, finish_reason: canary, message }];
      const answer = resultFor('LlmCall', 'x') as object;
      return { ...answer, id: canary, model: canary, choices, system_fingerprint: canary, service_tier: canary };
    },
  })),
  placeOf('in a prompt and its variables', ['LlmCall'], (canary) => ({
    options: { prompt: () => ({ name: canary, version: canary, variables: { note: canary, [canary]: 1 } }) },
  })),
  placeOf('in an extracted record', ['LlmCall'], (canary) => ({
    options: {
      extract: () => ({
        response: { id: canary, model: canary, finishReasons: [canary] },
        messages: {
          output: [{ role: 'assistant', parts: [{ type: 'text', content: canary }], finish_reason: canary }],
        },
      }),
    },
  })),
  placeOf('in metadata of documents', ['RetrievalCall'], (canary) => ({
    result: () => [{ id: canary, score: 1, content: 'x', metadata: { source: canary, [canary]: canary } }],
  })),
  placeOf('in a call recorded afterwards', ['Traced', 'AgentCall'], (canary, { fails }) => ({
    inside: () => {
      const error = fails ? { error: new Error(`refused ${canary}`) } : {};
      const [request] = argumentsFor('LlmCall', canary);
      recordLlmCall(request, resultFor('LlmCall', canary), { name: `chat ${canary}`, model: canary, ...error });
    },
  })),
];

const INSIDE: readonly Place[] = [
  given(
    placeOf('in attributes', undefined, (canary) => ({ options: { attributes: { note: canary, [canary]: 'x' } } })),
  ),
  given(placeOf('in made attributes', undefined, (canary) => ({ options: { attributes: () => ({ note: canary }) } }))),
  given(
    placeOf('in attributes of a result', undefined, (canary) => ({ options: { onResult: () => ({ note: canary }) } })),
  ),
  given(
    placeOf('in attributes set inside', undefined, (canary) => ({
      inside: () =>
        currentCall()?.setAttributes({ note: canary, list: [canary], structure: { deep: [canary] }, [canary]: 1 }),
    })),
  ),
  placeOf('in picked arguments and results', undefined, (canary) => ({
    options: { args: () => ({ note: canary }), result: () => ({ note: canary }) },
  })),
  placeOf('in attributes of a link', undefined, (canary) => ({
    options: { links: [{ context: REMOTE, attributes: { note: canary, [canary]: 1 } }] },
  })),
  placeOf('in events', undefined, (canary) => ({
    inside: () =>
      currentCall()?.addEvent(`saw ${canary}`, { note: canary, structure: { deep: [canary] }, [canary]: 1 }),
  })),
  placeOf('in a score', undefined, (canary) => ({
    inside: () => currentCall()?.recordScore(canary, 1, { label: canary, explanation: `because ${canary}` }),
  })),
  placeOf('in attributes of a metric', ['Metered'], (canary) => ({
    options: {
      counter: 'tickets.closed',
      histogram: 'tickets.size',
      attributes: () => ({ note: canary, [canary]: 1 }),
    },
  })),
];

/** Places in options and in what the code of a call says. Metrics have attributes of their own. */
export const OPTION_PLACES: readonly Place[] = [...NAMES, ...MODELS, ...INSIDE].map((place) =>
  /in (?:made )?attributes$/.test(place.title)
    ? { ...place, decorators: (['Traced', 'Workflow', 'Task', 'AgentCall', 'ToolCall', 'LlmCall'] as const).slice() }
    : place,
);

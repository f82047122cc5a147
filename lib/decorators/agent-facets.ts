import type { Attributes } from '@opentelemetry/api';
import { SpanKind } from '@opentelemetry/api';
import type { CallArguments, CallTarget, Facet, Subject } from '../calls/facet.js';
import { guarded } from '../core/guard.js';
import { GEN_AI } from '../genai/vocabularies/gen-ai-names.js';
import { createCallFacet, numberOf, textOf } from './call-facet.js';
import { externalAttributes, noteStart, statusOf } from './external-facts.js';
import type { LooseOptions } from './loose-options.js';
import { RANK } from './ranks.js';
import { toDocuments } from './retrieved.js';

type Hook = (...args: unknown[]) => unknown;

const ITEMS_KEY = {};
const MAX_ITEMS = 4000;

/** Attributes that are there, without those that the user's own `attributes` name. */
export function write(call: CallTarget, attributes: Readonly<Record<string, Attributes[string] | undefined>>): void {
  const kept = Object.entries(attributes).filter(
    ([key, value]) => value !== undefined && value !== '' && !Object.hasOwn(call.given, key),
  );
  call.setAttributes(Object.fromEntries(kept));
}

/** One argument stands for itself, several as a list. */
export function argumentsOf(args: CallArguments): unknown {
  return args.length === 1 ? args[0] : Array.from(args);
}

function keepItem(call: CallTarget, item: unknown): void {
  const items = (call.notes.get(ITEMS_KEY) as unknown[] | undefined) ?? [];
  if (items.length === 0) call.notes.set(ITEMS_KEY, items);
  if (items.length < MAX_ITEMS) items.push(call.copy(item));
}

// What a stream gave, where the result was one.
function captureItems(call: CallTarget, field: string): void {
  const items = call.notes.get(ITEMS_KEY);
  if (items !== undefined) call.captureStream(field, items as unknown[]);
}

/** The facet of `ToolCall`: `execute_tool <name>`, arguments and result as content. */
export function createToolFacet(options: LooseOptions): Facet {
  const base = createCallFacet('tool', RANK.tool, options);
  const nameOf = (subject: Subject): string => (typeof options.name === 'string' ? options.name : subject.functionName);
  return {
    ...base,
    takesContent: true,
    conventionalName: (subject) => `execute_tool ${nameOf(subject)}`,
    opening: (_self, _args, subject) => ({
      [GEN_AI.operationName]: 'execute_tool',
      [GEN_AI.toolName]: nameOf(subject),
      [GEN_AI.toolType]: options.toolType ?? 'function',
    }),
    begin: (call, self, args, subject) => {
      write(call, {
        [GEN_AI.toolCallId]: textOf('HOOK_ATTRIBUTES', options.callId, self, args),
        [GEN_AI.toolDescription]: textOf('HOOK_ATTRIBUTES', options.description, self, args),
      });
      if (options.args === undefined) call.capture(GEN_AI.toolArguments, argumentsOf(args));
      base.begin?.(call, self, args, subject);
    },
    settled: (call, self, value) => {
      if (options.result === undefined) call.capture(GEN_AI.toolResult, value);
      base.settled?.(call, self, value);
    },
    chunk: (call, item) => {
      if (options.result === undefined) keepItem(call, item);
      base.chunk?.(call, item);
    },
    done: (call, outcome) => {
      captureItems(call, GEN_AI.toolResult);
      base.done?.(call, outcome);
    },
  };
}

/** The facet of `AgentCall`: `invoke_agent <name>` of level `rows`, input and output as content. */
export function createAgentFacet(options: LooseOptions): Facet {
  const keeps = { args: options.args ?? true, result: options.result ?? true };
  const base = createCallFacet('agent', RANK.agent, { ...options, ...keeps });
  const nameOf = (subject: Subject): string =>
    typeof options.name === 'string' ? options.name : subject.qualifiedName;
  return {
    ...base,
    takesContent: true,
    defaultGranularity: 'rows',
    // A hosted agent is called; one of this process runs inside of it.
    defaultKind: options.provider === undefined ? SpanKind.INTERNAL : SpanKind.CLIENT,
    conventionalName: (subject) => `invoke_agent ${nameOf(subject)}`,
    opening: (_self, _args, subject) => ({
      [GEN_AI.operationName]: 'invoke_agent',
      [GEN_AI.agentName]: nameOf(subject),
      ...(options.provider === undefined ? {} : { [GEN_AI.providerName]: options.provider }),
    }),
    begin: (call, self, args, subject) => {
      write(call, {
        [GEN_AI.agentId]: textOf('HOOK_ATTRIBUTES', options.id, self, args),
        [GEN_AI.agentDescription]: textOf('HOOK_ATTRIBUTES', options.description, self, args),
        [GEN_AI.agentVersion]: options.version,
      });
      base.begin?.(call, self, args, subject);
    },
  };
}

/** The facet of `RetrievalCall`: `retrieval <data source>`, query and documents as content. */
export function createRetrievalFacet(options: LooseOptions): Facet {
  const base = createCallFacet('retrieval', RANK.retrieval, { ...options, spanName: options.spanName ?? options.name });
  const { dataSource, provider } = options;
  const key = {};

  function queryOf(self: unknown, args: CallArguments): unknown {
    if (options.query === undefined) return typeof args[0] === 'string' ? args[0] : undefined;
    return guarded('HOOK_ARGS', () => Reflect.apply(options.query as Hook, self, args) as unknown);
  }

  return {
    ...base,
    takesContent: true,
    defaultKind: SpanKind.CLIENT,
    conventionalName: () => (dataSource === undefined ? 'retrieval' : `retrieval ${dataSource}`),
    opening: () => ({
      [GEN_AI.operationName]: 'retrieval',
      ...(dataSource === undefined ? {} : { [GEN_AI.dataSourceId]: dataSource }),
      ...(provider === undefined ? {} : { [GEN_AI.providerName]: provider }),
    }),
    begin: (call, self, args, subject) => {
      const topK =
        typeof options.topK === 'function' ? numberOf('HOOK_ATTRIBUTES', options.topK, self, args) : options.topK;
      write(call, { [GEN_AI.topK]: topK });
      const query = queryOf(self, args);
      if (query !== undefined) call.capture(GEN_AI.retrievalQuery, query);
      base.begin?.(call, self, args, subject);
      noteStart(call);
    },
    settled: (call, self, value) => {
      call.notes.set(key, value);
      if (call.wantsContent) {
        const found = options.documents
          ? guarded('HOOK_RESULT', () => Reflect.apply(options.documents as Hook, self, [value]))
          : value;
        const documents = toDocuments(found);
        if (documents !== undefined) call.capture(GEN_AI.retrievalDocuments, documents);
      }
      base.settled?.(call, self, value);
    },
    done: (call, outcome) => {
      write(call, {
        ...externalAttributes(call, {
          callType: 'retrieval',
          provider,
          status: statusOf(call.notes.get(key), outcome),
        }),
      });
      base.done?.(call, outcome);
    },
  };
}

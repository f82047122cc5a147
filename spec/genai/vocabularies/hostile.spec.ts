import type { Attributes } from '@opentelemetry/api';
import { expect } from 'chai';
import * as fc from 'fast-check';
import { readSpanRecord } from '#lib/genai/span-record.js';
import { VOCABULARY_NAMES, vocabularyOf } from '#lib/genai/vocabularies/known-vocabularies.js';
import { problemsOfContent } from '../schemas/gen-ai-messages.js';
import { problemsOfOpenInference } from '../schemas/openinference.js';
import { madeSpans } from './made-spans.js';

const KEYS = [
  ...new Set(
    Object.values(madeSpans).flatMap((span) => [
      ...Object.keys(span.attributes),
      ...('content' in span ? Object.keys(span.content ?? {}) : []),
    ]),
  ),
  'gen_ai.system',
  'gen_ai.usage.cache_write.input_tokens',
];

const WORDS = ['role', 'parts', 'type', 'content', 'name', 'id', 'arguments', 'modality', 'uri', 'vendor_type', 'data'];
const TYPES = ['text', 'tool_call', 'tool_call_response', 'blob', 'uri', 'file', 'vendor', 'server_tool_call', 'image'];

// Structures in which the words of the conventions are at places where nobody expects them.
const { odd } = fc.letrec<{ odd: unknown }>((tie) => ({
  odd: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<unknown>(...TYPES, null, true, 0, -1.5, '', '[cut, 3 items]', '{"role":"user"}'),
    fc.array(tie('odd'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...WORDS), tie('odd'), { maxKeys: 5 }),
  ),
}));

const value = fc.oneof(
  odd,
  odd.map((made) => JSON.stringify(made)),
  fc.jsonValue(),
);

const spans = fc.record({
  attributes: fc.dictionary(fc.oneof(fc.constantFrom(...KEYS), fc.string()), value, { maxKeys: 12 }),
  content: fc.option(fc.dictionary(fc.constantFrom(...KEYS), value, { maxKeys: 8 }), { nil: undefined }),
  code: fc.constantFrom(0, 1, 2),
  room: fc.integer({ min: -5, max: 60 }),
});

// What a foreign instrumentation set in the vocabulary itself is passed on and no work of this one.
function withoutForeign(rendered: Attributes, attributes: object): Attributes {
  return Object.fromEntries(Object.entries(rendered).filter(([key]) => !Object.hasOwn(attributes, key)));
}

describe('vocabularies', () => {
  it('stand whatever is on a span and beside it', () => {
    fc.assert(
      fc.property(spans, ({ attributes, content, code, room }) => {
        const span = { name: 's', kind: 0, attributes: attributes as Attributes, events: [], status: { code } };
        const record = readSpanRecord(span, content);
        for (const name of VOCABULARY_NAMES) {
          const options = { maxAttributes: room, startTime: [1, 2] as [number, number], durationMs: 3 };
          const rendered = vocabularyOf(name).render(record, options);
          const own = withoutForeign(rendered, attributes);
          if (name === 'gen-ai') expect(problemsOfContent(own)).deep.equal([]);
          if (name === 'openinference') expect(problemsOfOpenInference(own)).deep.equal([]);
          expect(Object.values(own).filter((made) => made === undefined || made === null)).empty;
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('keep token counts at any limit, before all content', () => {
    const counts = { 'gen_ai.usage.input_tokens': 11, 'gen_ai.usage.output_tokens': 7 };
    fc.assert(
      fc.property(spans, ({ attributes, content, code, room }) => {
        const given = { ...attributes, ...counts } as Attributes;
        const span = { name: 's', kind: 0, attributes: given, events: [], status: { code } };
        const rendered = vocabularyOf('openinference').render(readSpanRecord(span, content), { maxAttributes: room });
        expect(rendered).include({ 'llm.token_count.prompt': 11, 'llm.token_count.completion': 7 });
        const keys = Object.keys(rendered);
        const first = keys.findIndex((key) => /^(llm\.(in|out)put_messages|input\.|output\.)/.test(key));
        expect(first === -1 || first > keys.indexOf('llm.token_count.completion')).equal(true);
      }),
    );
  });

  it('stand content that is nested too deeply to be written', () => {
    let deep: unknown = 'end';
    for (let level = 0; level < 20_000; level++) deep = [deep];
    const span = { name: 's', kind: 0, attributes: {}, events: [], status: { code: 0 } };
    const record = readSpanRecord(span, { 'gen_ai.tool.call.result': deep, 'spanwright.arguments': deep });
    expect(vocabularyOf('gen-ai').render(record)).deep.equal({
      'gen_ai.tool.call.result': '"[not serialisable]"',
      'spanwright.arguments': '"[not serialisable]"',
    });
  });

  it('are known by the names that a destination gives', () => {
    expect(VOCABULARY_NAMES).deep.equal(['gen-ai', 'openinference', 'langfuse', 'llm']);
    for (const name of VOCABULARY_NAMES) expect(vocabularyOf(name).name).equal(name);
  });
});

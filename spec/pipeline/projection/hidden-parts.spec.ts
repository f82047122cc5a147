import type { Attributes } from '@opentelemetry/api';
import { expect } from 'chai';
import { getTracer, LlmCall } from 'spanwright';
import type { Variables } from '../../config/with-variables.js';
import { withVariables } from '../../config/with-variables.js';
import { CollectedWarnings } from '../../collected-warnings.js';
import { Desk, seenBy, textOf, VOCABULARIES } from './all-calls.js';

const PICTURE = 'https://pictures.example/bunting.png';
const REQUEST = {
  model: 'gpt-4o-mini',
  temperature: 0.730915,
  messages: [
    { role: 'system', content: 'you are a siskin' },
    {
      role: 'user',
      content: [
        { type: 'text', text: 'a brambling' },
        { type: 'image_url', image_url: { url: PICTURE } },
      ],
    },
  ],
  tools: [{ type: 'function', function: { name: 'lookup', description: 'finds a redpoll', parameters: {} } }],
};
const ANSWER = {
  model: 'gpt-4o-mini',
  object: 'chat.completion',
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'a crossbill' } }],
};

class Painter {
  @LlmCall({ provider: 'openai', prompt: { name: 'welcome', variables: { bird: 'a hawfinch' } } })
  ask(_request: object): Promise<typeof ANSWER> {
    return Promise.resolve(ANSWER);
  }
}

// What stands in each span, by the part that it belongs to.
const FOREIGN: Attributes = {
  'input.value': 'foreign-input',
  'llm.prompts.0.prompt.text': 'foreign-prompts',
  'llm.tools.0.tool.json_schema': 'foreign-tools',
  'llm.invocation_parameters': 'foreign-parameters',
  'output.value': 'foreign-output',
  'llm.choices.0.completion.text': 'foreign-choices',
  'embedding.text': 'foreign-text',
  'embedding.vector': 'foreign-vector',
};
const ALL = [
  'siskin',
  'brambling',
  'bunting',
  'redpoll',
  'crossbill',
  'hawfinch',
  '0.730915',
  'plover',
  'heron',
  'lapwing',
  'curlew',
  'dunlin',
  'avocet',
  'sanderling',
  'turnstone',
  'foreign-input',
  'foreign-prompts',
  'foreign-tools',
  'foreign-parameters',
  'foreign-output',
  'foreign-choices',
  'foreign-text',
  'foreign-vector',
  'embedded text',
  'event-input',
  'event-output',
  'details-input',
] as const;

const INPUT_TEXTS = ['siskin', 'brambling', 'sanderling'];
const FOREIGN_IN = [
  'foreign-input',
  'foreign-prompts',
  'foreign-tools',
  'foreign-parameters',
  'foreign-text',
  'foreign-vector',
];
const FOREIGN_OUT = ['foreign-output', 'foreign-choices'];
const EVENTS_IN = ['event-input', 'details-input'];

// What each variable takes out; the rest stays.
const GONE: Readonly<Record<string, readonly string[]>> = {
  OPENINFERENCE_HIDE_INPUTS: [
    'siskin',
    'brambling',
    'bunting',
    'redpoll',
    'hawfinch',
    'plover',
    'lapwing',
    'dunlin',
    'sanderling',
    ...FOREIGN_IN,
    ...EVENTS_IN,
    'embedded text',
  ],
  OPENINFERENCE_HIDE_INPUT_MESSAGES: [
    'siskin',
    'brambling',
    'bunting',
    'sanderling',
    ...FOREIGN_IN,
    ...EVENTS_IN,
    'embedded text',
  ],
  OPENINFERENCE_HIDE_INPUT_TEXT: [...INPUT_TEXTS, ...FOREIGN_IN, ...EVENTS_IN, 'embedded text'],
  OPENINFERENCE_HIDE_INPUT_IMAGES: ['bunting', ...FOREIGN_IN, 'event-input'],
  OPENINFERENCE_HIDE_PROMPTS: ['hawfinch', 'foreign-prompts'],
  OPENINFERENCE_HIDE_LLM_PROMPTS: ['hawfinch', 'foreign-prompts'],
  OPENINFERENCE_HIDE_OUTPUTS: ['crossbill', 'curlew', 'avocet', 'turnstone', 'heron', ...FOREIGN_OUT, 'event-output'],
  OPENINFERENCE_HIDE_OUTPUT_MESSAGES: ['crossbill', ...FOREIGN_OUT, 'event-output'],
  OPENINFERENCE_HIDE_OUTPUT_TEXT: ['crossbill', ...FOREIGN_OUT, 'event-output'],
  OPENINFERENCE_HIDE_CHOICES: ['foreign-choices'],
  OPENINFERENCE_HIDE_LLM_TOOLS: ['redpoll', 'foreign-tools'],
  OPENINFERENCE_HIDE_LLM_INVOCATION_PARAMETERS: ['0.730915', 'foreign-parameters'],
  OPENINFERENCE_HIDE_EMBEDDINGS_TEXT: ['embedded text', 'foreign-text'],
  OPENINFERENCE_HIDE_EMBEDDINGS_VECTORS: ['foreign-vector'],
  OPENINFERENCE_HIDE_EMBEDDING_VECTORS: ['foreign-vector'],
};

async function work(): Promise<void> {
  await new Painter().ask(REQUEST);
  await new Desk().everything();
  const span = getTracer('foreign').startSpan('by hand', { attributes: FOREIGN });
  span.addEvent('gen_ai.user.message', { content: 'event-input' });
  span.addEvent('gen_ai.choice', { message: 'event-output' });
  const messages = [{ role: 'user', parts: [{ type: 'text', content: 'details-input' }] }];
  span.addEvent('gen_ai.client.inference.operation.details', { 'gen_ai.input.messages': JSON.stringify(messages) });
  span.end();
  const embedding = { 'gen_ai.operation.name': 'embeddings', 'spanwright.embedding.texts': '["embedded text"]' };
  getTracer('foreign').startSpan('embeddings by hand', { attributes: embedding }).end();
}

describe('parts of content that OPENINFERENCE_HIDE_* hides', () => {
  /** The words that stand in what a destination got, by vocabulary. */
  async function wordsIn(variables: Variables): Promise<Readonly<Record<string, readonly string[]>>> {
    const destinations = VOCABULARIES.map((vocabulary) => ({ name: vocabulary, vocabulary }));
    const seen = await withVariables(variables, () => seenBy(destinations, {}, work));
    return Object.fromEntries(
      Object.entries(seen).map(([name, spans]) => {
        const text = Object.values(spans).map(textOf).join('\n');
        return [name, ALL.filter((word) => text.includes(word))];
      }),
    );
  }

  it('are all there while none is set', async () => {
    const words = await wordsIn({ OPENINFERENCE_HIDE_INPUTS: 'false', OPENINFERENCE_HIDE_OUTPUTS: '' });
    for (const name of VOCABULARIES) expect(words[name], name).to.deep.equal([...ALL]);
  });

  for (const [variable, gone] of Object.entries(GONE)) {
    it(`are gone, and no others, with ${variable}`, async () => {
      const words = await wordsIn({ [variable]: 'true' });
      for (const name of VOCABULARIES) {
        expect(ALL.filter((word) => words[name]?.includes(word) !== true).toSorted(), name).to.deep.equal(
          [...gone].toSorted(),
        );
      }
    });
  }

  it('are gone with a word that nobody knows, which is said', async () => {
    const warnings = new CollectedWarnings();
    const destinations = [{ name: 'memory' }];
    const seen = await withVariables({ OPENINFERENCE_HIDE_OUTPUTS: 'perhaps' }, () =>
      seenBy(destinations, { logger: warnings.logger }),
    );
    warnings.stop();
    expect(
      Object.values(seen['memory'] ?? {})
        .map(textOf)
        .join('\n'),
    ).to.not.match(/heron|curlew|avocet|turnstone/);
    expect(warnings.codes()).to.deep.equal(['CONFIG_VARIABLE_IGNORED']);
  });

  it('have no digests either', async () => {
    const seen = await withVariables({ OPENINFERENCE_HIDE_INPUTS: 'true' }, () =>
      seenBy([{ name: 'memory', content: 'digest' }]),
    );
    for (const [name, { attributes }] of Object.entries(seen['memory'] ?? {})) {
      expect(attributes, name).to.not.have.property('spanwright.request.digest');
      if (!name.startsWith('embeddings')) expect(attributes, name).to.have.property('spanwright.response.digest');
    }
  });
});

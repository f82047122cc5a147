import { expect } from 'chai';
import * as fc from 'fast-check';
import { combineVotes, CONTENT_SWITCHES, readContentVotes, type SwitchValues } from '#lib/privacy/switches.js';

const CAPTURE = 'OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT';
const AZURE = 'AZURE_TRACING_GEN_AI_CONTENT_RECORDING_ENABLED';

const read = (values: SwitchValues): ReturnType<typeof combineVotes> => combineVotes(readContentVotes(values));
const hiddenBy = (...names: string[]): string[] =>
  [...read(Object.fromEntries(names.map((name) => [`OPENINFERENCE_HIDE_${name}`, 'true']))).hidden].sort();

describe('the switches of other tools', () => {
  it('say nothing where none is set', () => {
    const nothing = { hidden: new Set(), contentOnSpan: false, decidedBy: undefined, unknown: [] };
    expect(read({})).to.deep.equal(nothing);
    expect(read(Object.fromEntries(CONTENT_SWITCHES.map((name) => [name, ' '])))).to.deep.equal(nothing);
    expect(read({ [CAPTURE]: undefined, OTHER: 'false' })).to.deep.equal(nothing);
    expect(read(Object.create({ [CAPTURE]: 'false' }) as SwitchValues)).to.deep.equal(nothing);
  });

  it('take no content for tier none', () => {
    for (const word of ['false', 'NO_CONTENT', 'No_Content', 'FALSE', ' 0 ', 'off']) {
      expect(read({ [CAPTURE]: word }), word).to.deep.equal({
        tier: 'none',
        hidden: new Set(),
        contentOnSpan: false,
        decidedBy: CAPTURE,
        unknown: [],
      });
    }
  });

  it('take content on the span for that, with no vote on destinations', () => {
    for (const word of ['true', 'TRUE', 'SPAN_ONLY', 'span_only', 'Span_And_Event', '1']) {
      expect(read({ [CAPTURE]: word }), word).to.deep.equal({
        hidden: new Set(),
        contentOnSpan: true,
        decidedBy: CAPTURE,
        unknown: [],
      });
    }
  });

  it('take content on events for no vote', () => {
    expect(readContentVotes({ [CAPTURE]: 'EVENT_ONLY' })).to.deep.equal([]);
  });

  it('take a word that is not known for the strictest', () => {
    expect(read({ [CAPTURE]: 'SPANS' })).to.include({ tier: 'none', contentOnSpan: false, decidedBy: CAPTURE });
    expect(read({ [CAPTURE]: 'SPANS' }).unknown).to.deep.equal([CAPTURE]);
    expect(read({ [AZURE]: 'maybe' })).to.deep.include({ tier: 'none', unknown: [AZURE] });
    const hide = read({ OPENINFERENCE_HIDE_CHOICES: 'ja' });
    expect(hide).to.deep.include({ hidden: new Set(['choices']), unknown: ['OPENINFERENCE_HIDE_CHOICES'] });
  });

  it('take recording that is off for tier none, and recording that is on for no vote', () => {
    for (const name of ['enable_content_recording', AZURE]) {
      for (const value of [false, 'false', 'False']) {
        expect(read({ [name]: value })).to.deep.include({ tier: 'none', decidedBy: name, unknown: [] });
      }
      expect(readContentVotes({ [name]: true })).to.deep.equal([]);
      expect(readContentVotes({ [name]: 'true' })).to.deep.equal([]);
    }
  });

  it('hide the fields of OpenInference', () => {
    expect(hiddenBy('INPUT_IMAGES')).to.deep.equal(['inputImages']);
    expect(hiddenBy('INPUT_TEXT')).to.deep.equal(['embeddingText', 'inputText']);
    expect(hiddenBy('OUTPUT_TEXT')).to.deep.equal(['outputText']);
    expect(hiddenBy('INPUT_MESSAGES')).to.deep.equal(['embeddingText', 'inputImages', 'inputMessages', 'inputText']);
    expect(hiddenBy('OUTPUT_MESSAGES')).to.deep.equal(['outputMessages', 'outputText']);
    expect(hiddenBy('INPUTS')).to.include.members(['inputs', 'inputMessages', 'prompts', 'toolDefinitions']);
    expect(hiddenBy('OUTPUTS')).to.deep.equal(['choices', 'outputMessages', 'outputText', 'outputs']);
    expect(hiddenBy('PROMPTS')).to.deep.equal(['prompts']);
    expect(hiddenBy('LLM_PROMPTS')).to.deep.equal(['prompts']);
    expect(hiddenBy('CHOICES', 'LLM_TOOLS')).to.deep.equal(['choices', 'toolDefinitions']);
    expect(hiddenBy('LLM_INVOCATION_PARAMETERS')).to.deep.equal(['invocationParameters']);
    expect(hiddenBy('EMBEDDINGS_TEXT')).to.deep.equal(['embeddingText']);
    expect(hiddenBy('EMBEDDING_VECTORS')).to.deep.equal(['embeddingVectors']);
    expect(hiddenBy('EMBEDDINGS_VECTORS')).to.deep.equal(['embeddingVectors']);
  });

  it('hide nothing where the variable is false, and have no tier for what they hide', () => {
    expect(readContentVotes({ OPENINFERENCE_HIDE_INPUTS: 'False', OPENINFERENCE_HIDE_OUTPUTS: '0' })).to.deep.equal([]);
    const switches = read({ OPENINFERENCE_HIDE_INPUTS: 'True' });
    expect(switches).to.not.have.property('tier');
    expect(switches).to.include({ contentOnSpan: false, decidedBy: undefined });
  });
});

describe('votes', () => {
  it('are decided by the strictest tier, and by the first who named it', () => {
    const votes = [
      { source: 'a', tier: 'full' },
      { source: 'b', tier: 'digest' },
      { source: 'c', tier: 'digest' },
      { source: 'd', contentOnSpan: true },
    ] as const;
    expect(combineVotes(votes)).to.deep.include({ tier: 'digest', decidedBy: 'b', contentOnSpan: true });
    expect(combineVotes(votes.toReversed())).to.deep.include({ tier: 'digest', decidedBy: 'c', contentOnSpan: true });
  });

  it('of tier none leave no content on the span', () => {
    const switches = read({ [CAPTURE]: 'true', enable_content_recording: false });
    expect(switches).to.include({ tier: 'none', contentOnSpan: false, decidedBy: 'enable_content_recording' });
  });

  it('only lower: one more switch never shows more', () => {
    const rank = (tier: string | undefined): number => ['none', 'digest', 'redacted', 'full', undefined].indexOf(tier);
    const words = fc.constantFrom('true', 'false', 'NO_CONTENT', 'SPAN_ONLY', 'EVENT_ONLY', '', 'what');
    const values = fc.dictionary(fc.constantFrom(...CONTENT_SWITCHES), words);
    fc.assert(
      fc.property(values, fc.constantFrom(...CONTENT_SWITCHES), words, (given, name, word) => {
        const [less, more] = [read({ ...given, [name]: undefined }), read({ ...given, [name]: word })];
        expect(rank(more.tier)).to.be.at.most(rank(less.tier));
        expect([...more.hidden]).to.include.members([...less.hidden]);
        if (more.tier === 'none') expect(more.contentOnSpan).to.equal(false);
      }),
    );
  });
});

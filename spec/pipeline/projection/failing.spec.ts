import { expect } from 'chai';
import type { ContentTier } from '#lib/privacy/tiers.js';
import type { Privacy } from '#lib/privacy/privacy.js';
import { createPrivacy } from '#lib/privacy/privacy.js';
import { MemoryDestination } from '#lib/pipeline/destinations/memory.js';
import { genAi } from '#lib/genai/vocabularies/gen-ai.js';
import { openinference } from '#lib/genai/vocabularies/openinference.js';
import { state } from '#lib/core/state.js';
import { CollectedWarnings } from '../../collected-warnings.js';
import { give, madeOutlet } from '../made-outlet.js';
import { madeSpan } from '../made-spans.js';
import { EMAIL, textOf, TIERS, TOKEN } from './all-calls.js';

const MESSAGES = JSON.stringify([
  { role: 'user', parts: [{ type: 'text', content: `a plover of ${EMAIL} ${TOKEN}` }] },
]);
const SHOWN = {
  'gen_ai.request.model': 'gpt-4o',
  'gen_ai.input.messages': MESSAGES,
  'ai.prompt': `a plover of ${EMAIL} ${TOKEN}`,
  note: `${EMAIL} ${TOKEN}`,
};

/** Gates that fail in one way: not there, or broken while they work. */
class BrokenPrivacy {
  readonly digester = createPrivacy().digester;
  readonly atOnce = (): string => '';
  readonly how: 'missing' | 'forSpan' | 'value';

  constructor(how: 'missing' | 'forSpan' | 'value') {
    this.how = how;
  }

  get redacted(): Privacy['redacted'] {
    return this.#gate();
  }

  get full(): Privacy['full'] {
    return this.#gate();
  }

  #gate(): Privacy['redacted'] {
    if (this.how === 'missing') throw new Error('Cannot find module');
    const fail = (): never => {
      throw new Error('the gate is broken');
    };
    const pass = { value: fail, text: fail, find: fail };
    return { ...pass, failures: 0, forSpan: this.how === 'forSpan' ? fail : () => pass };
  }
}

describe('a projection that fails', () => {
  let warnings: CollectedWarnings;
  const { render, beside } = genAi;
  const { render: other } = openinference;

  beforeEach(() => {
    warnings = new CollectedWarnings();
  });
  afterEach(() => {
    Object.assign(genAi, { render, beside });
    Object.assign(openinference, { render: other });
    warnings.stop();
  });

  function send(content: ContentTier, privacy: Privacy, vocabulary: 'gen-ai' | 'openinference' = 'gen-ai'): string[] {
    const destination = new MemoryDestination(100);
    const outlet = madeOutlet(destination, { name: 'memory', content, vocabulary, privacy });
    const span = madeSpan({
      id: 1,
      name: `span ${EMAIL}`,
      attributes: SHOWN,
      events: [{ name: 'note', time: [0, 0], attributes: { note: TOKEN } }],
      resource: { attributes: { owner: EMAIL } },
    });
    give(span, outlet);
    const { accepted, delivered, dropped } = outlet.health();
    const lost = Object.values(dropped).reduce((sum, count) => sum + count, 0);
    expect(accepted, 'accounted for').to.equal(delivered + lost);
    return destination.finished().map(textOf);
  }

  function expectNothing(texts: readonly string[], where: string): void {
    for (const text of texts)
      expect(text, where).to.not.contain(EMAIL).and.not.contain(TOKEN).and.not.contain('plover');
  }

  for (const how of ['missing', 'forSpan', 'value'] as const) {
    it(`passes nothing where the gate is broken: ${how}`, () => {
      for (const tier of TIERS) {
        for (const vocabulary of ['gen-ai', 'openinference'] as const) {
          expectNothing(send(tier, new BrokenPrivacy(how), vocabulary), `${tier} ${vocabulary}`);
        }
      }
      expect(JSON.stringify(warnings.seen)).to.not.contain(EMAIL);
    });
  }

  it('gives a mark for all attributes where a vocabulary throws, and counts it', () => {
    const fail = (): never => {
      throw new Error(`cannot say ${EMAIL}`);
    };
    Object.assign(genAi, { render: fail, beside: fail });
    Object.assign(openinference, { render: fail });
    const before = state.guarded['PIPELINE'] ?? 0;
    const redacted = send('redacted', createPrivacy());
    expect(redacted[0]).to.contain('"spanwright.redaction":"[redaction failed]"');
    expectNothing(redacted, 'redacted');
    const none = send('none', createPrivacy(), 'openinference');
    expect(none[0]).to.contain('"spanwright.redaction":"[redaction failed]"');
    expectNothing(none, 'none');
    expect(state.guarded['PIPELINE']).to.equal(before + 2);
    expect(JSON.stringify(warnings.seen)).to.contain('PIPELINE').and.not.contain(EMAIL);
  });

  it('of a digest gives a mark as well', () => {
    const privacy = createPrivacy();
    const digester = {
      ...privacy.digester,
      digest: (): never => {
        throw new Error('no digest');
      },
    };
    const { redacted, full, atOnce } = privacy;
    const texts = send('digest', { redacted, full, atOnce, digester });
    expect(texts[0]).to.contain('"spanwright.redaction":"[redaction failed]"');
    expectNothing(texts, 'digest');
  });
});

import { Traced } from 'spanwright';
import { captureSpans } from 'spanwright/testing';
import { expect } from 'chai';

import { state } from '#lib/core/state.js';

import { CollectedWarnings } from '../collected-warnings.js';

describe('what a hook makes', () => {
  let warnings: CollectedWarnings;

  beforeEach(() => {
    warnings = new CollectedWarnings();
  });
  afterEach(() => {
    warnings.stop();
  });

  it('is cut when it is a name as long as a prompt', () => {
    const spans = captureSpans();
    Traced.run({ name: () => 'n'.repeat(5000) }, () => {});
    spans.stop();
    expect(spans.finished()[0]?.name).equal('n'.repeat(1024));
    expect(warnings.seen).empty;
  });

  for (const [title, links] of [
    ['no list', 'a link'],
    ['a list with something else in it', [{ context: { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) } }, {}]],
    ['a link without ids', [{ context: {} }]],
    ['nothing in a list', [undefined]],
  ] as const) {
    it(`is counted and left out when it is ${title}, expected links`, () => {
      const before = state.guarded['HOOK_LINKS'] ?? 0;
      const spans = captureSpans();
      Traced.run({ name: 'linked', links: () => links as never }, () => {});
      spans.stop();
      expect(spans.finished().map((span) => span.links)).deep.equal([[]]);
      expect(state.guarded['HOOK_LINKS']).equal(before + 1);
      expect(warnings.codes()).deep.equal(['HOOK_LINKS']);
    });
  }
});

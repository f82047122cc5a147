import { expect } from 'chai';

import { describeThrown } from '#lib/calls/exception.js';
import { hideStack } from '#lib/calls/hidden-stack.js';

const PEM = `-----BEGIN PRIVATE KEY-----\n${'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7\n'.repeat(8)}-----END PRIVATE KEY-----`;

function hidden(message: string): string {
  const { stack = '', message: said } = describeThrown(new Error(message));
  return hideStack(stack, said);
}

describe('a stack on a span', () => {
  it('keeps its frames', () => {
    const error = new Error('no paper');
    expect(hideStack(error.stack ?? '', error.message)).to.equal(error.stack);
  });

  it('shows nothing of the message that is hidden in it', () => {
    const shown = hidden('no paper for jo.miller@example.com');
    expect(shown).to.match(/^Error: no paper for \[REDACTED\]\n\s+at /);
  });

  it('shows no key that stands behind a line like a frame', () => {
    for (const line of ['  at first', '    at one (two.js:3:4)']) {
      expect(hidden(`it failed:\n${line}\n${PEM}`)).to.not.contain('MIIEvQ');
    }
  });

  it('shows no secret in a frame, also where it is met again', () => {
    const stack = 'Error: no\n    at load (/srv/sk-proj-abcdefghijklmnopqrstuvwxyz0123456789/a.js:1:1)';
    for (let turn = 0; turn < 2; turn++) expect(hideStack(stack, 'no')).to.not.contain('sk-proj');
  });

  it('is looked at whole where the message is not in it, or something else follows', () => {
    expect(hideStack(`Error: other\n${PEM}`, 'no')).to.not.contain('MIIEvQ');
    expect(hideStack(`Error: no\n    at a (b.js:1:1)\n${PEM}`, 'no')).to.not.contain('MIIEvQ');
  });
});

import { expect } from 'chai';

import { createTextRedactor } from '#lib/privacy/redact-text.js';

const redact = createTextRedactor({ level: 'all' });

// As many lines of base64 of one width as asked for, all of them full.
function folded(width: number, lines: number): string {
  const text = 'write to ann@example.com, please. '.padEnd((width * lines * 3) / 4, 'All is well. ');
  return (
    Buffer.from(text)
      .toString('base64')
      .match(new RegExp(`.{${width}}`, 'g')) ?? []
  ).join('\n');
}

describe('base64 of full lines', () => {
  for (const width of [60, 64, 76]) {
    it(`ends with its last line: ${width} columns`, () => {
      const code = folded(width, 4);
      expect(redact(`${code}\n\n--`)).to.equal('[REDACTED]\n\n--');
      expect(redact(`${code}\n`)).to.equal('[REDACTED]\n');
      expect(redact(`${code}\r`)).to.equal('[REDACTED]\r');
      expect(redact(code)).to.equal('[REDACTED]');
    });
  }

  it('does not go on with a longer line', () => {
    const code = folded(60, 2);
    const other = 'x'.repeat(61);
    expect(redact(`${code}\n${other}`)).to.equal(`[REDACTED]\n${other}`);
  });
});

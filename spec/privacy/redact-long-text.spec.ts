import { expect } from 'chai';

import { redactLongText, WINDOW_CHARS } from '#lib/privacy/redact-long-text.js';
import { createDetection } from '#lib/privacy/detect.js';
import { createGate } from '#lib/privacy/gate.js';
import { createTextRedactor } from '#lib/privacy/redact-text.js';

const KEY = 'sk-proj-abcdefghijklmnopqrstuvwxyz0123456789ABCDEF';
const redact = createTextRedactor({ level: 'all', maxChars: 1_048_576 });
const prose = (chars: number): string => 'All is well here. '.repeat(Math.ceil(chars / 18)).slice(0, chars);
const code = (chars: number): string => 'x9Q'.repeat(Math.ceil(chars / 3)).slice(0, chars);

describe('a long text', () => {
  for (const [name, fill] of Object.entries({ prose, 'one word': code })) {
    it(`shows no secret across the edge of a window, in ${name}`, () => {
      for (let at = WINDOW_CHARS - KEY.length - 3; at <= WINDOW_CHARS + 3; at++) {
        const shown = redact(`${fill(at)} ${KEY} ${fill(1000)}`);
        expect(shown, String(at)).to.equal(`${fill(at)} [REDACTED] ${fill(1000)}`);
      }
    });
  }

  it('hides the value of a name that stands in the window before', () => {
    for (let at = WINDOW_CHARS - 40; at <= WINDOW_CHARS + 5; at++) {
      expect(redact(`${prose(at)} password="hunter2 hunter2" ${prose(3000)}`), String(at)).to.not.contain('hunter2');
    }
  });

  it('hides a token that is longer than what is read ahead, to its end', () => {
    const token = `eyJhbGciOiJIUzI1NiJ9.${code(12_000)}.${code(300)}`;
    const shown = redact(`${prose(WINDOW_CHARS - 100)} ${token} end ${prose(500)}`);
    expect(shown).to.contain('[REDACTED] end ');
    expect(shown).to.not.contain('x9Qx9Q');
  });

  it('hides what is escaped wherever it stands', () => {
    for (const escaped of ['&mail=user00001%40example.com', `%20${KEY}`, String.raw`\nuser00001\u0040example.com`]) {
      for (const filling of [' more', '&a=1']) {
        const shown = redact(`${escaped}${filling}`.repeat(200_000 / (escaped.length + filling.length)));
        expect(shown, escaped).to.not.match(/user00001|sk-proj/);
      }
    }
  });

  it('hides what is encoded in a code that is as long as a window', () => {
    const text = `${prose(52_000)}mail ann@example.com`;
    expect(redact(Buffer.from(text).toString('base64'))).to.equal('[REDACTED]');
  });

  it('arrives whole where nothing is in it, up to its limit', () => {
    const text = prose(1_000_000);
    expect(redact(text)).to.equal(text);
    expect(redact(prose(1_100_000))).to.match(/…\[cut, 1100000 characters\]$/);
  });

  it('splits no character of two code units', () => {
    const text = `x${'🔑'.repeat(WINDOW_CHARS)}`;
    expect(redact(text)).to.equal(text);
  });

  it('is cut where the time is over, and says so', () => {
    let asked = 0;
    const detect = createDetection({ level: 'all' });
    const mayGoOn = (): boolean => ++asked < 3;
    const { readTo } = redactLongText(prose(900_000), 900_000, { detect, mark: () => '', mayGoOn });
    expect(readTo).to.be.within(WINDOW_CHARS * 2.9, WINDOW_CHARS * 3);
  });

  it('takes no more of a span’s time than its bound and one window', () => {
    let now = 0;
    const text = createTextRedactor({ level: 'all', maxChars: 1_048_576 });
    const gate = createGate({ tier: 'redacted', text, now: () => (now += 20), limits: { maxMs: 50 } });
    const shown = gate.value([prose(900_000), 'later']) as string[];
    expect(shown[0]).to.match(/…\[cut, 900000 characters\]$/);
    expect(shown[1]).to.equal('[not checked]');
  });
});

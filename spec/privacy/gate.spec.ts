import { expect } from 'chai';
import { createGate, type GateRules } from '#lib/privacy/gate.js';

const EMAIL = /[a-z]+@[a-z]+\.[a-z]{2,5}/g;
const CARD = /\b4\d{15}\b/g;
const text = (value: string): string => value.replace(EMAIL, '[REDACTED]').replace(CARD, '[REDACTED]');

function gate(rules: Partial<GateRules> = {}): ReturnType<typeof createGate> {
  return createGate({ tier: 'redacted', text, ...rules });
}

describe('the gate over a value', () => {
  it('gives the same object where nothing changes', () => {
    const clean = { messages: [{ role: 'user', content: 'hello' }], n: [1, 2.5, null, true], empty: {}, not: NaN };
    expect(gate().value(clean)).to.equal(clean);
    expect(gate({ paths: ['user.email'], keys: ['internal'] }).value(clean)).to.equal(clean);
    expect(gate({ redact: (value) => value }).value(clean)).to.equal(clean);
  });

  it('replaces what the text rules find, and keeps the rest and the original', () => {
    const source = { a: 'hello', b: ['x', 'mail ann@example.org now'], c: { d: 'same' } };
    const result = gate().value(source) as typeof source;
    expect(result).to.deep.equal({ a: 'hello', b: ['x', 'mail [REDACTED] now'], c: { d: 'same' } });
    expect(result.c).to.equal(source.c);
    expect(source.b[1]).to.equal('mail ann@example.org now');
  });

  it('replaces values of sensitive keys whole, whatever their type, and keeps those that say nothing', () => {
    const value = {
      password: 'p',
      'API-Key': 5,
      set_cookie: ['a=b'],
      authorization: { scheme: 'x' },
      secret: null,
      hasSecret: true,
      client_secret: '',
      refresh_token: [],
      ssn: '1',
    };
    expect(gate().value(value)).to.deep.equal({
      password: '[REDACTED]',
      'API-Key': '[REDACTED]',
      set_cookie: '[REDACTED]',
      authorization: '[REDACTED]',
      secret: null,
      hasSecret: true,
      client_secret: '',
      refresh_token: [],
      ssn: '[REDACTED]',
    });
    expect(gate({ tier: 'full' }).value({ ssn: '1', password: 'p' })).to.deep.equal({
      ssn: '1',
      password: '[REDACTED]',
    });
    expect(gate().value('x', ['http.request.header.x-api-key'])).to.equal('[REDACTED]');
  });

  it('adds the keys of the user', () => {
    expect(gate({ keys: ['Employee No'] }).value({ employee_no: 7, other: 7 })).to.deep.equal({
      employee_no: '[REDACTED]',
      other: 7,
    });
  });

  it('leaves the tokens of an answer', () => {
    const logprobs = { content: [{ token: 'Hel', logprob: -0.1 }] };
    expect(gate().value(logprobs)).to.equal(logprobs);
    const generated = [{ generatedToken: { token: 'Hel', logprob: -0.1, raw_logprob: -0.2 } }];
    expect(gate().value(generated)).to.equal(generated);
    expect(gate().value([{ token: 'Hel' }])).to.deep.equal([{ token: '[REDACTED]' }]);
  });

  it('knows headers written as pairs and as names and values', () => {
    expect(
      gate().value([
        ['cookie', 'a=b'],
        ['accept', 'x'],
      ]),
    ).to.deep.equal([
      ['cookie', '[REDACTED]'],
      ['accept', 'x'],
    ]);
    expect(gate().value({ name: 'X-Api-Key', value: 'v' })).to.deep.equal({ name: 'X-Api-Key', value: '[REDACTED]' });
    const words = { stop: ['password', 'secret'] };
    expect(gate().value(words)).to.equal(words);
  });

  it('redacts keys that are sensitive themselves, and keeps each of their values', () => {
    const result = gate().value({ 'ann@example.org': 1, x: 0, 'bob@example.org': 2, '[REDACTED]': 3 });
    expect(JSON.stringify(result)).to.equal('{"[REDACTED]":1,"x":0,"[REDACTED]#2":2,"[REDACTED]#3":3}');
  });

  it('replaces what stands at a path whole', () => {
    const value = {
      messages: [{ content: 'a', role: 'r' }, { content: { b: 1 } }],
      user: { ssn_: 3 },
      deep: [{ x: 9 }],
    };
    expect(gate({ paths: ['messages[*].content', '**.x', 'user'] }).value(value)).to.deep.equal({
      messages: [{ content: '[REDACTED]', role: 'r' }, { content: '[REDACTED]' }],
      user: '[REDACTED]',
      deep: [{ x: '[REDACTED]' }],
    });
    expect(gate({ paths: ['input.user'] }).value({ user: 'a' }, ['input'])).to.deep.equal({ user: '[REDACTED]' });
  });

  it('reads one layer of JSON in a text', () => {
    const call = { arguments: '{"password":"hunter2","n":[1]}', plain: '{"n":1}' };
    expect(gate().value(call)).to.deep.equal({ arguments: '{"password":"[REDACTED]","n":[1]}', plain: '{"n":1}' });
    expect(gate({ paths: ['a.b'] }).value({ a: '{"b":"c"}' })).to.deep.equal({ a: '{"b":"[REDACTED]"}' });
  });

  it('lets nothing through by a key that stands twice in JSON', () => {
    const result = gate().value('{"password":"hunter2","password":null}');
    expect(result).to.equal('{"password":null}');
  });

  it('looks at long numbers as texts', () => {
    const value = { card: 4111111111111111, ms: 1763730724000, big: 4111111111111111n, price: 12.5 };
    expect(gate().value(value)).to.deep.equal({
      card: '[REDACTED]',
      ms: 1763730724000,
      big: '[REDACTED]',
      price: 12.5,
    });
  });

  it('gives each leaf and its path to the function of the user, and looks at what it gave', () => {
    const seen: string[] = [];
    const redact = (value: unknown, path: readonly string[]): unknown => {
      seen.push(`${path.join('.')}=${String(value)}`);
      if (value === 'swap') return { to: 'ann@example.org', password: 'p' };
      return value === 'mail' ? 'bob@example.org' : undefined;
    };
    expect(gate({ redact }).value({ a: ['swap', 3], b: 'mail', secret: 's' }, ['in'])).to.deep.equal({
      a: [{ to: '[REDACTED]', password: '[REDACTED]' }, 3],
      b: '[REDACTED]',
      secret: '[REDACTED]',
    });
    expect(seen).to.deep.equal(['in.a.0=swap', 'in.a.1=3', 'in.b=mail']);
  });

  it('replaces and counts what the function of the user fails on', () => {
    const answers: (() => unknown)[] = [
      () => {
        throw new Error('no');
      },
      () => Promise.reject(new Error('late')),
      () => () => 1,
      () => new Date(),
      () => NaN,
      () => new Proxy({}, {}),
    ];
    const it = gate({ redact: (value) => answers[value as number]?.() });
    expect(it.value([0, 1, 2, 3, 4, 5, 6])).to.deep.equal([...Array<string>(6).fill('[redaction failed]'), 6]);
    expect(it.failures).to.equal(6);
  });

  it('replaces and counts what the text rules fail on', () => {
    const failing = gate({
      text: (value) => {
        if (value.includes('bad')) throw new Error(value);
        return value;
      },
    });
    expect(failing.value({ a: 'bad', b: ['fine'] })).to.deep.equal({ a: '[redaction failed]', b: ['fine'] });
    expect(failing.text('bad')).to.equal('[redaction failed]');
    expect(failing.failures).to.equal(2);
  });

  it('makes the marks of the user', () => {
    const mark = (found: string, kind: string): string => `<${kind}:${found.length}>`;
    expect(gate({ mark }).value({ password: 'hunter2' })).to.deep.equal({ password: '<key:7>' });
  });
});

describe('the bounds of the gate', () => {
  it('replace what lies beyond the number of values', () => {
    const it = gate({ limits: { maxNodes: 3 } });
    expect(it.value(['a', 'b', 'c', 'd'])).to.deep.equal(['a', 'b', '[not checked]', '[not checked]']);
    expect(it.value({ a: 'a', b: 'b', c: 'c', d: 'd' })).to.deep.equal({
      a: 'a',
      b: 'b',
      c: '[not checked]',
      '…': '[not checked]',
    });
  });

  it('replace what lies beyond the characters', () => {
    expect(gate({ limits: { maxChars: 10 } }).value(['12345', '123456', '1'])).to.deep.equal([
      '12345',
      '[not checked]',
      '[not checked]',
    ]);
  });

  it('replace what lies deeper', () => {
    expect(gate({ limits: { maxDepth: 2 } }).value({ a: { b: { c: 1 } } })).to.deep.equal({
      a: { b: '[not checked]' },
    });
  });

  it('replace what comes after the time of a span, for all its values', () => {
    let time = 0;
    const slow = gate({ limits: { maxMs: 10 }, now: () => time, text: (value) => ((time += 1), value) });
    const span = slow.forSpan();
    const items = Array.from({ length: 3000 }, (_, index) => `${index}`);
    expect(span.value(items)).to.include('[not checked]').and.to.include('5');
    expect(span.text('more')).to.equal('[not checked]');
    expect(slow.forSpan().text('more')).to.equal('more');
  });

  it('let a pause of the machine cost a small span nothing', () => {
    let time = 0;
    const paused = gate({ limits: { maxMs: 10 }, now: () => (time += 1000) });
    const items = Array.from({ length: 900 }, (_, index) => `${index}`);
    expect(paused.value(items)).to.deep.equal(items);
  });
});

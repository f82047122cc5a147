import { expect } from 'chai';

import { createGate } from '#lib/privacy/gate.js';
import type { GateRules } from '#lib/privacy/gate.js';
import { createTextRedactor } from '#lib/privacy/redact-text.js';

const text = createTextRedactor({ level: 'all' });
const gate = (rules: Partial<GateRules> = {}) => createGate({ tier: 'redacted', text, ...rules });

describe('JSON in a text', () => {
  it('keeps its numbers as they were written, where a value is hidden', () => {
    const json = '{"id":12345678901234567890,"price":1.10,"mail":"ann@example.com"}';
    expect(gate().text(json)).to.equal('{"id":12345678901234567890,"price":1.10,"mail":"[REDACTED]"}');
  });

  it('is the same text where a sensitive key says nothing', () => {
    const json = '{"id": 12345678901234567890, "big": 1e400, "password": ""}';
    expect(gate({ tier: 'full' }).text(json)).to.equal(json);
  });

  it('shows nothing of a key that stands twice', () => {
    expect(gate().text('{"password":"hunter2horse","password":"", "n": 1.10}')).to.not.contain('hunter2horse');
  });

  it('is looked at by the function of the user, leaf by leaf', () => {
    const seen: string[] = [];
    const redact = (_value: unknown, path: readonly string[]): unknown => {
      seen.push(path.join('.'));
      return path.at(-1) === 'city' ? '[city]' : undefined;
    };
    const shown = gate({ redact }).value({ note: '{"city":"Bern","street":{"name":"A"}}' });
    expect(shown).to.deep.equal({ note: '{"city":"[city]","street":{"name":"A"}}' });
    expect(seen).to.include('note.city').and.include('note.street.name');
  });

  it('that the function made is not given to it again', () => {
    let asked = 0;
    const redact = (): unknown => {
      asked++;
      return { again: 'x', more: ['y'] };
    };
    expect(gate({ redact }).value(['one'])).to.deep.equal([{ again: 'x', more: ['y'] }]);
    expect(asked).to.equal(1);
  });
});

describe('paths and keys', () => {
  it('name an attribute with dots as it is written', () => {
    const value = { 'user.id': 'u-1', 'user.name': 'Ann', other: { user: { id: 'u-2' } } };
    const shown = gate({ paths: ['attributes.user.id'] }).value(value, ['attributes']);
    expect(shown).to.deep.equal({ ...value, 'user.id': '[REDACTED]' });
  });

  it('leave a schema, which says what a value is and holds none', () => {
    const properties = {
      password: { type: 'string', description: 'at least 8 characters' },
      phone: { $ref: '#/definitions/phone' },
      api_key: { anyOf: [{ type: 'string' }, { type: 'null' }] },
    };
    expect(gate().value({ properties })).to.deep.equal({ properties });
    expect(gate().value({ credentials: { type: 'basic', data: 'x' } })).to.deep.equal({ credentials: '[REDACTED]' });
    expect(gate({ keys: ['phone'] }).value({ properties })).to.deep.equal({
      properties: { ...properties, phone: '[REDACTED]' },
    });
  });
});

describe('a text that was cut before', () => {
  it('loses the word that the cut went through, and no more', () => {
    const mark = '…[cut, 1044 characters]';
    expect(gate().text(`The key is sk-proj-abcdef${mark}`)).to.equal(`The key is ${mark}`);
    expect(gate().text(`All is well ${mark}`)).to.equal(`All is well ${mark}`);
    expect(gate().text(`${'x9'.repeat(500)}${mark}`)).to.equal(`${'x9'.repeat(436)}${mark}`);
    expect(gate().text('no cut characters]')).to.equal('no cut characters]');
  });
});

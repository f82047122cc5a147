import { readFileSync, statSync } from 'node:fs';

import { expect } from 'chai';

import { PROGRAM, spanwright } from './spanwright.js';

describe('spanwright', function program() {
  this.timeout(30_000);

  it('is a program', () => {
    expect(statSync(PROGRAM).mode & 0o111).equal(0o111);
    expect(readFileSync(PROGRAM, 'utf8').split('\n', 1)).deep.equal(['#!/usr/bin/env node']);
  });

  it('says its version', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(spanwright('--version')).deep.equal({ code: 0, out: `${version}\n`, err: '' });
  });

  for (const [words, shown] of [
    [['--help'], 'audit'],
    [['audit', '--help'], 'verify DIR'],
    [['audit', '-h'], 'verify DIR'],
    [['audit', 'verify', '--help'], 'Exit codes:'],
    [['audit', 'verify', '-h'], '--payloads'],
  ] as const) {
    it(`helps with ${words.join(' ')}`, () => {
      const { code, out, err } = spanwright(...words);
      expect(out).include(shown);
      expect({ code, err }).deep.equal({ code: 0, err: '' });
    });
  }

  for (const words of [[], ['audit']]) {
    it(`asks for more than [${words.join(' ')}]`, () => {
      const { code, out, err } = spanwright(...words);
      expect(err).match(/^.*Usage: spanwright/s);
      expect({ code, out }).deep.equal({ code: 64, out: '' });
    });
  }

  const mistakes: ReadonlyArray<[words: string[], line: string]> = [
    [['adit'], 'unknown command "adit": did you mean audit?'],
    [['--versoin'], 'unknown flag "--versoin": did you mean --version?'],
    [['audit', 'verfiy'], 'unknown command "verfiy": did you mean verify?'],
    [['audit', 'verify', 'x', '--jsno'], 'unknown flag "--jsno": did you mean --json?'],
    [['audit', 'verify', 'x', '--zzzzzz'], 'unknown flag "--zzzzzz": expected --payloads, --anchor, --json, --help'],
    [['audit', 'verify', 'x', '-j'], 'unknown flag "-j": expected --payloads, --anchor, --json, --help'],
    [['audit', 'verify', 'x', '--json=yes'], '--json takes no value'],
    [['audit', 'verify', 'x', '--anchor'], '--anchor needs a value: FILE'],
    [['audit', 'verify', 'x', '--anchor', '--json'], '--anchor needs a value: FILE'],
    [['audit', 'verify', 'x', '--anchor='], '--anchor needs a value: FILE'],
    [['audit', 'verify'], 'audit verify needs DIR'],
    [['audit', 'verify', 'x', 'y'], 'audit verify takes no "y"'],
    [
      ['audit', 'verify', 'x', '--constructor'],
      'unknown flag "--constructor": expected --payloads, --anchor, --json, --help',
    ],
    [['audit', '\u{1b}[31m'], String.raw`unknown command "\u001b[31m": expected `],
  ];
  for (const [words, line] of mistakes) {
    it(`ends with 64 and a line at ${JSON.stringify(words.join(' '))}`, () => {
      const { code, out, err } = spanwright(...words);
      expect(err.startsWith(`spanwright: ${line}`), err).equal(true);
      expect(err.split('\n')).length(2);
      expect({ code, out }).deep.equal({ code: 64, out: '' });
    });
  }
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { expect } from 'chai';

import { readSources } from '../structure/source-files.js';
import { findPages } from './blocks.js';

const reference = readdirSync('docs/reference').map((name) => `docs/reference/${name}`);
const pages = [...findPages(), ...reference];

function prose(page: string): string {
  return readFileSync(page, 'utf8').replaceAll(/^```[^]*?^```$/gm, '');
}

/** The anchors of a page as GitHub makes them: the second heading of the same letters gets a number. */
function anchorsOf(page: string): Set<string> {
  const counts = new Map<string, number>();
  const anchors = new Set<string>();
  for (const [, heading = ''] of prose(page).matchAll(/^#+ (.*)$/gm)) {
    const slug = heading
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, '')
      .replaceAll(' ', '-');
    const count = counts.get(slug) ?? 0;
    counts.set(slug, count + 1);
    anchors.add(count === 0 ? slug : `${slug}-${count}`);
  }
  return anchors;
}

function brokenLinks(page: string): string[] {
  const links = [...prose(page).matchAll(/\]\(([^)\s]+)\)/g)].map(({ 1: link = '' }) => link);
  return links.filter((link) => {
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? page : join(dirname(page), path);
    return !existsSync(target) || (anchor !== undefined && !anchorsOf(target).has(anchor));
  });
}

describe('the pages for users', () => {
  for (const page of pages) {
    it(`link to what is there: ${page}`, () => {
      expect(brokenLinks(page)).deep.equal([]);
    });
  }

  it('name only codes and variables that the library has', () => {
    const sources = [...readSources('lib').values()].join('\n');
    const named = pages.flatMap((page) =>
      [...prose(page).matchAll(/`([A-Z]+(?:_[A-Z]+)+)\b/g)].map(({ 1: name = '' }) => ({ page, name })),
    );
    expect(named.length).greaterThan(40);
    expect(named.filter(({ name }) => !sources.includes(name))).deep.equal([]);
  });

  it('keep the words that the style forbids out', () => {
    const found = pages.filter((page) => /\b(?:just|simply|easy|easily)\b/i.test(prose(page)));
    expect(found).deep.equal([]);
  });
});

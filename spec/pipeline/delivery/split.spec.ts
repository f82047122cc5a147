import { expect } from 'chai';
import type { Group } from '#lib/pipeline/delivery/line.js';
import { part } from '#lib/pipeline/delivery/split.js';
import { captured, namesOf } from './made-captured.js';

const groupOf = (count: number): Group => ({
  place: 7,
  entries: Array.from({ length: count }, (_, index) => captured(index + 1)),
});

// One after the other, as a destination that takes one request at a time does.
function send(count: number, isBad: (name: string) => boolean): { requests: number; taken: string[]; lost: string[] } {
  const line = [groupOf(count)];
  const taken: string[] = [];
  const lost: string[] = [];
  let requests = 0;
  for (let group = line.shift(); group !== undefined; group = line.shift()) {
    requests++;
    const names = namesOf(group.entries);
    if (!names.some(isBad)) {
      taken.push(...names);
      if (group.split !== undefined) group.split.wasTaken = true;
      continue;
    }
    const parted = part(group);
    if (parted.kind === 'halves') line.unshift(...parted.halves);
    else lost.push(...names);
  }
  return { requests, taken, lost };
}

describe('a batch that is refused', () => {
  it('is parted into halves that keep place and order', () => {
    const parted = part(groupOf(5));
    if (parted.kind !== 'halves') expect.fail(parted.kind);
    expect(parted.halves.map(({ entries }) => namesOf(entries))).to.deep.equal([
      ['span 1', 'span 2', 'span 3'],
      ['span 4', 'span 5'],
    ]);
    expect(parted.halves.map(({ place }) => place)).to.deep.equal([7, 7]);
  });

  it('is parted no further than one span', () => {
    expect(part(groupOf(1)).kind).to.equal('found');
  });

  for (const bad of [1, 2, 256, 257, 511, 512]) {
    it(`loses number ${bad} of 512 alone, within 19 requests`, () => {
      const { requests, taken, lost } = send(512, (name) => name === `span ${bad}`);
      expect(lost).to.deep.equal([`span ${bad}`]);
      expect(taken).to.have.lengthOf(511);
      expect(requests).to.be.at.most(19);
    });
  }

  it('loses the bad ones alone where every tenth is bad', () => {
    const { taken, lost } = send(512, (name) => name.endsWith('0'));
    expect(lost).to.have.lengthOf(51);
    expect(taken).to.have.lengthOf(461);
  });

  it('is given up after a few requests when nothing of it is taken', () => {
    const { requests, lost, taken } = send(512, () => true);
    expect(lost).to.have.lengthOf(512);
    expect(taken).to.deep.equal([]);
    expect(requests).to.be.at.most(30);
  });
});

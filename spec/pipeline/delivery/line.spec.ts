import { expect } from 'chai';
import type { Group } from '#lib/pipeline/delivery/line.js';
import { Line } from '#lib/pipeline/delivery/line.js';
import { captured, namesOf } from './made-captured.js';

const group = (place: number, ...ids: number[]): Group => ({ place, entries: ids.map((id) => captured(id)) });

describe('the line in front of a destination', () => {
  let line: Line;

  function fill(count: number, from = 1): void {
    for (let id = from; id < from + count; id++) line.push(captured(id));
  }

  function takeAll(): string[] {
    const taken = [];
    for (let one = line.shift(); one !== undefined; one = line.shift()) taken.push(one);
    return namesOf(taken);
  }

  beforeEach(() => {
    line = new Line();
  });

  it('gives spans in the order in which they came, whatever was taken out before', () => {
    fill(5000);
    for (let time = 0; time < 3000; time++) line.shift();
    fill(10, 5001);
    expect(line).to.include({ length: 2010, firstPlace: 3000, nextPlace: 5010 });
    const names = takeAll();
    expect(names).to.have.lengthOf(2010);
    expect([names[0], names.at(-1)]).to.deep.equal(['span 3001', 'span 5010']);
    expect(line).to.include({ length: 0, freshBytes: 0, firstPlace: 5010, nextPlace: 5010 });
  });

  it('counts the bytes of what was not sent yet', () => {
    line.push(captured(1, 1000));
    line.push(captured(2, 3000));
    const both = line.freshBytes;
    expect(both).to.be.within(4000, 8000);
    expect(line.shift()?.bytes).to.equal(both - line.freshBytes);
  });

  it('gives groups that came back before everything else, those that wait longest first', () => {
    fill(6);
    for (let time = 0; time < 5; time++) line.shift();
    line.putBack([group(3, 4, 5)]);
    line.putBack([group(0, 1, 2, 3), group(9)]);
    expect(line).to.include({ length: 6, firstPlace: 0, hasGroups: true });
    expect(namesOf(line.shiftGroup()?.entries ?? [])).to.deep.equal(['span 1', 'span 2', 'span 3']);
    expect(line.firstPlace).to.equal(3);
    expect(namesOf(line.shiftGroup()?.entries ?? [])).to.deep.equal(['span 4', 'span 5']);
    expect(line).to.include({ length: 1, firstPlace: 5, hasGroups: false });
    expect(line.shiftGroup()).to.equal(undefined);
  });

  it('lets a group that is in doubt take turns with what was not sent yet, after all others', () => {
    fill(2, 10);
    line.putBack([{ ...group(0, 1), doubt: { failures: 1, delivered: 0 } }, group(1, 2)]);
    const next = (): string[] => namesOf(line.shiftGroup()?.entries ?? []);
    expect(next()).to.deep.equal(['span 2']);
    expect(next(), 'what was not sent yet').to.deep.equal([]);
    expect(next()).to.deep.equal(['span 1']);
    expect(line).to.include({ length: 2, hasGroups: false });
  });

  it('keeps the order of the halves of a group', () => {
    line.putBack([group(0, 1), group(0, 2)]);
    expect([1, 2].flatMap(() => namesOf(line.shiftGroup()?.entries ?? []))).to.deep.equal(['span 1', 'span 2']);
  });

  it('drops whoever waits longest, those that came back first', () => {
    fill(4);
    line.shift();
    line.shift();
    line.putBack([group(0, 1, 2)]);
    const dropped = [1, 2, 3, 4, 5].map(() => line.dropOldest()?.span.name);
    expect(dropped).to.deep.equal(['span 1', 'span 2', 'span 3', 'span 4', undefined]);
    expect(line).to.include({ length: 0, hasGroups: false, freshBytes: 0 });
  });

  it('drops whoever came last, those that came back at the end', () => {
    fill(3);
    line.shift();
    line.putBack([group(0, 1)]);
    const dropped = [1, 2, 3, 4].map(() => line.dropNewest()?.span.name);
    expect(dropped).to.deep.equal(['span 3', 'span 2', 'span 1', undefined]);
    expect(line).to.include({ length: 0, freshBytes: 0 });
  });
});

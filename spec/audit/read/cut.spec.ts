import { expect } from 'chai';

import { toWid } from './built-identity.js';
import { PythonVerifier, type Verdict, askBoth, hasPython } from './both-verifiers.js';
import { LedgerCopy, splitFrames } from './ledger-copy.js';
import { buildSample } from './sample-ledger.js';
import { toEntryAt } from './sample-places.js';

function toFile(writer: number, number = 0): string {
  return `segments/${toWid(writer)}-00000${number}.seg`;
}

describe('what is cut from a ledger', function () {
  this.timeout(30_000);
  const ledger = buildSample();
  const files = ledger.files();
  let copy: LedgerCopy;
  let python: PythonVerifier;
  const ask = (): Promise<Verdict> => askBoth(python, copy.directory, { payloads: true });
  const bytesOf = (file: string): Buffer => files.get(file) ?? Buffer.alloc(0);

  before(function () {
    if (!hasPython()) this.skip();
    python = new PythonVerifier();
    copy = new LedgerCopy(files);
  });
  afterEach(async () => {
    expect((await ask()).exitCode).equal(0);
  });
  after(async () => {
    await python?.stop();
    copy?.remove();
  });

  it('leaves a chain that is not closed, where none names it', async () => {
    const bytes = bytesOf(toFile(3));
    const { frames } = splitFrames(bytes);
    const last = bytes.length - (frames.at(-1)?.length ?? 0);
    for (const length of [
      0,
      1,
      15,
      16,
      17,
      last - 1,
      last,
      last + 1,
      last + 19,
      last + 20,
      last + 21,
      bytes.length - 1,
    ]) {
      const verdict = await copy.with(toFile(3), bytes.subarray(0, length), ask);
      expect(verdict.exitCode, `at ${length}`).equal(2);
      const code = [0, 16, last].includes(length) ? 'open' : 'torn';
      expect(verdict.problems.at(-1)).match(new RegExp(`^${toEntryAt(files, toFile(3), length)} ${code} `));
    }
  });

  it('is found where it is a whole chain that another one names', async () => {
    for (const [writer, expected] of [1, 1, 1, 2].entries()) {
      const verdict = await copy.with(toFile(writer), undefined, ask);
      const place = writer === 0 ? 'frame' : 'missing';
      expect(verdict.exitCode, `writer ${writer}`).equal(writer === 3 ? 0 : expected);
      if (writer < 3) expect(verdict.firstBroken).equal(`${toWid(writer)} 0 ${place} ${toFile(writer)}@0`);
    }
  });

  it('is found where it is a segment', async () => {
    const second = await copy.with(toFile(0, 1), undefined, ask);
    expect(second.firstBroken).match(new RegExp(`^${toEntryAt(files, toFile(0, 1), 0)} missing ${toFile(0, 0)}@`));
  });

  it('is found where segments of two writers changed places', async () => {
    const verdict = await copy.with(toFile(1), bytesOf(toFile(2)), () => copy.with(toFile(2), bytesOf(toFile(1)), ask));
    expect(verdict.firstBroken).equal(`${toWid(1)} 0 chain ${toFile(1)}@16`);
  });

  it('is found where segments of one writer changed places', async () => {
    const [first, second] = [toFile(0, 0), toFile(0, 1)];
    const verdict = await copy.with(first, bytesOf(second), () => copy.with(second, bytesOf(first), ask));
    expect(verdict.firstBroken).equal(`${toWid(0)} 0 frame ${first}@0`);
  });

  it('leaves a ledger without a writer incomplete, and one without ledger.json unreadable', async () => {
    const empty = new LedgerCopy(new Map([['ledger.json', bytesOf('ledger.json')]]));
    expect(await askBoth(python, empty.directory)).deep.equal({
      exitCode: 2,
      firstBroken: undefined,
      problems: ['empty'],
      entries: 0,
    });
    empty.remove();
    const verdict = await copy.with('ledger.json', undefined, ask);
    expect(verdict).deep.equal({ exitCode: 3, firstBroken: undefined, problems: ['file'], entries: 0 });
  });

  it('is found of payloads: other bytes are tampering, none are a gap', async () => {
    const payload = [...files.keys()].find((file) => file.startsWith('payloads/'));
    expect(payload).a('string');
    const file = payload ?? '';
    for (let offset = 0; offset < bytesOf(file).length; offset++) {
      const flipped = await copy.withFlip(file, offset, ask);
      expect(flipped.exitCode).equal(1);
      expect(flipped.firstBroken).match(new RegExp(`^${toWid(0)} \\d+ payload `));
    }
    const removed = await copy.with(file, undefined, ask);
    expect(removed.exitCode).equal(2);
    expect(removed.problems).lengthOf(1);
    expect(removed.problems[0]).match(new RegExp(`^${toWid(0)} \\d+ payload_missing `));
    expect((await copy.with(file, undefined, () => askBoth(python, copy.directory))).exitCode).equal(0);
  });
});

import fs from 'node:fs';
import { join } from 'node:path';

import { expect } from 'chai';

import { AheadFile } from '#lib/audit/stores/ahead-file.js';
import { whenDone } from '#lib/audit/stores/file-system.js';

import { FaultyFileSystem, systemError } from './faulty-file-system.js';
import { makeFolder } from './segment-setup.js';

const HEADER = Buffer.alloc(16, 7);
const START = { header: HEADER, ahead: 4096, isThrough: true };

/** The process may open so many files and no more. */
class FewFilesSystem extends FaultyFileSystem {
  left = 0;

  override openSync(path: string, flags: number, mode?: number): number {
    this.#spend();
    return super.openSync(path, flags, mode);
  }

  override open(path: string, flags: number, mode: number, done: (error: Error | null, fd: number) => void): void {
    try {
      this.#spend();
    } catch (error) {
      return void setImmediate(() => done(error as Error, -1));
    }
    super.open(path, flags, mode, done);
  }

  #spend(): void {
    if (this.left-- === 0) throw systemError('EMFILE');
  }
}

describe('a file that grows ahead', () => {
  let root: string;
  let files: FaultyFileSystem;
  let file: AheadFile;

  beforeEach(() => {
    root = makeFolder();
    files = new FaultyFileSystem();
    file = AheadFile.createSync(files, join(root, 'file'), START);
  });
  afterEach(async () => {
    files.release();
    await file.idle();
    file.abandon();
    fs.rmSync(root, { recursive: true });
  });

  it('has its header and zeros from the beginning', () => {
    const expected = Buffer.concat([HEADER, Buffer.alloc(4080)]);
    expect(fs.readFileSync(file.path).equals(expected)).equal(true);
    expect({ position: file.position, room: file.room }).deep.equal({ position: 16, room: 4080 });
  });

  it('keeps zeros on their way off bytes beyond what is allocated', async () => {
    const bytes = Buffer.alloc(10_000, 1);
    file.claim(bytes.length);
    const written = whenDone((done) => file.write(bytes, 0, bytes.length, file.position, done));
    await Promise.all([written, whenDone((done) => file.grow(5000, done))]);
    const expected = Buffer.concat([HEADER, bytes, Buffer.alloc(5000)]);
    expect(fs.readFileSync(file.path).equals(expected)).equal(true);
  });

  it('takes nothing where zeros are on their way, until they are there', async () => {
    files.fault = () => ({ hang: true });
    const grown = whenDone((done) => file.grow(5000, done));
    expect([file.takes(4080), file.takes(4081), file.fits(4081)]).deep.equal([true, false, false]);
    file.growSync(1000);
    expect([file.takes(4081), file.room]).deep.equal([false, 10_080]);
    files.fault = () => undefined;
    files.release();
    await grown;
    expect([file.takes(4081), file.fits(10_080), file.fits(10_081)]).deep.equal([true, true, false]);
    expect(fs.statSync(file.path).size).equal(16 + 10_080);
  });

  it('is no larger where zeros did not fit, and takes bytes all the same', async () => {
    files.fault = () => ({ fail: 'ENOSPC' });
    const failure = await whenDone((done) => file.grow(5000, done)).catch((error: unknown) => error);
    expect(failure).property('code', 'ENOSPC');
    expect({ room: file.room, isGrowing: file.isGrowing }).deep.equal({ room: 4080, isGrowing: false });
    expect(file.takes(5000)).equal(true);
  });

  it('leaves nothing behind where it cannot be made', async () => {
    files.fault = ({ kind }) => (kind === 'sync' ? { fail: 'EIO' } : undefined);
    const path = join(root, 'other');
    expect(() => AheadFile.createSync(files, path, START)).throw('EIO');
    expect(await AheadFile.create(files, path, START).catch((error: unknown) => error)).property('code', 'EIO');
    expect(fs.existsSync(path)).equal(false);
  });

  for (const left of [0, 1, 2]) {
    it(`leaves nothing behind where only ${left} of its three handles open`, async () => {
      const few = new FewFilesSystem();
      const path = join(root, 'other');
      const open = fs.readdirSync('/proc/self/fd').length;
      few.left = left;
      expect(() => AheadFile.createSync(few, path, START)).throw('EMFILE');
      few.left = left;
      expect(await AheadFile.create(few, path, START).catch((error: unknown) => error)).property('code', 'EMFILE');
      expect(fs.existsSync(path)).equal(false);
      expect(fs.readdirSync('/proc/self/fd')).length(open);
    });
  }

  it('tells errors to syncs in the call through a file of their own', () => {
    const before = fs.readdirSync('/proc/self/fd').length;
    const other = AheadFile.createSync(files, join(root, 'other'), START);
    expect(fs.readdirSync('/proc/self/fd').length - before).equal(3);
    other.syncSync();
    other.abandon();
    expect(fs.readdirSync('/proc/self/fd').length).equal(before);
  });
});

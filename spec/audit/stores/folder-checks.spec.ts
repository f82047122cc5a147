import fs from 'node:fs';
import { join } from 'node:path';

import { expect } from 'chai';

import { openSegmentStore } from '#lib/audit/stores/segment-store.js';

import { PlainFileSystem } from './plain-file-system.js';
import { SegmentSetup } from './segment-setup.js';
import { appendMany, codeOf } from './store-contract.js';

/** A file system that says it is of some type. */
class TypedFileSystem extends PlainFileSystem {
  readonly #type: number;

  constructor(type: number) {
    super();
    this.#type = type;
  }

  override statfsSync(path: string): fs.StatsFs {
    return Object.assign(super.statfsSync(path), { type: this.#type });
  }
}

/** A file system in which one path belongs to somebody else. */
class ForeignFileSystem extends PlainFileSystem {
  readonly #path: string;

  constructor(path: string) {
    super();
    this.#path = path;
  }

  override lstatSync(path: string): fs.Stats {
    const stats = super.lstatSync(path);
    return path === this.#path ? Object.assign(stats, { uid: 12_345 }) : stats;
  }
}

describe('the folder of a ledger', () => {
  let setup: SegmentSetup;
  const open = (files?: PlainFileSystem): unknown =>
    codeOf(() => openSegmentStore({ directory: setup.directory, files }));

  beforeEach(() => {
    setup = new SegmentSetup();
  });
  afterEach(() => setup.dispose());

  async function write(): Promise<string> {
    const writer = setup.open().openWriter();
    await Promise.all(appendMany(writer, 0, 3));
    await writer.close();
    return join(setup.directory, 'segments', `${writer.wid}-000000.seg`);
  }

  it('is made for us alone', async () => {
    await write();
    const modes = new Set<string>();
    for (const name of ['.', ...(fs.readdirSync(setup.directory, { recursive: true }) as string[])]) {
      const stats = fs.lstatSync(join(setup.directory, name));
      modes.add(`${stats.isDirectory() ? 'folder' : 'file'} ${(stats.mode & 0o777).toString(8)}`);
    }
    expect([...modes].sort()).deep.equal(['file 600', 'folder 700']);
  });

  it('is opened again, and by two at once', async () => {
    await write();
    expect(open()).equal(undefined);
    expect(setup.open().writers()).length(1);
  });

  it('is refused where others have rights', async () => {
    const segment = await write();
    for (const [path, mode, was] of [
      [setup.directory, 0o750, 0o700],
      [join(setup.directory, 'segments'), 0o701, 0o700],
      [segment, 0o640, 0o600],
      [join(setup.directory, 'ledger.json'), 0o604, 0o600],
    ] as const) {
      fs.chmodSync(path, mode);
      expect(open(), path).equal('AUDIT_LEDGER_REFUSED');
      fs.chmodSync(path, was);
    }
    expect(open()).equal(undefined);
  });

  it('is refused where it belongs to somebody else', async () => {
    const segment = await write();
    for (const path of [setup.directory, segment]) {
      expect(open(new ForeignFileSystem(path)), path).equal('AUDIT_LEDGER_REFUSED');
    }
  });

  it('is refused where anything is a symbolic link', async () => {
    const segment = await write();
    for (const path of [segment, join(setup.directory, 'segments'), join(setup.directory, 'ledger.json')]) {
      const moved = join(setup.root, 'moved');
      fs.renameSync(path, moved);
      fs.symlinkSync(moved, path);
      expect(open(), path).equal('AUDIT_LEDGER_REFUSED');
      fs.unlinkSync(path);
      fs.renameSync(moved, path);
    }
    fs.symlinkSync(setup.directory, join(setup.root, 'link'));
    expect(codeOf(() => openSegmentStore({ directory: join(setup.root, 'link') }))).equal('AUDIT_LEDGER_REFUSED');
    expect(open()).equal(undefined);
  });

  it('is refused where it cannot be made', () => {
    const directory = join(setup.root, 'a', 'b');
    expect(codeOf(() => openSegmentStore({ directory }))).equal('AUDIT_LEDGER_REFUSED');
    fs.writeFileSync(setup.directory, '');
    expect(open()).equal('AUDIT_LEDGER_REFUSED');
  });

  it('is refused on file systems that keep no promise', () => {
    for (const type of [
      0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x01021997, 0x00c36400, 0x65735546, 0x01021994, 0x858458f6,
    ]) {
      expect(open(new TypedFileSystem(type)), type.toString(16)).equal('AUDIT_LEDGER_REFUSED');
      expect(open(new TypedFileSystem(type | 0)), `${type.toString(16)} signed`).equal('AUDIT_LEDGER_REFUSED');
    }
    expect(open(new TypedFileSystem(0x794c7630))).equal(undefined);
    const files = new TypedFileSystem(0x01021994);
    const allowed = { directory: setup.directory, files, allowMemoryFileSystem: true };
    expect(codeOf(() => openSegmentStore(allowed))).equal(undefined);
  });

  it('is refused where it is of another version or no ledger', async () => {
    await write();
    const path = join(setup.directory, 'ledger.json');
    const text = fs.readFileSync(path, 'utf8');
    for (const other of [text.replace('ledger/1', 'ledger/2'), '{}', 'null', 'no JSON', '']) {
      fs.writeFileSync(path, other);
      expect(open(), other).equal('AUDIT_LEDGER_REFUSED');
    }
  });

  it('is missing where its key is there, or its segments', async () => {
    const segment = await write();
    const path = join(setup.directory, 'ledger.json');
    fs.rmSync(path);
    expect(open()).equal('AUDIT_LEDGER_MISSING');
    fs.rmSync(segment);
    expect(open()).equal(undefined);
    fs.mkdirSync(`${setup.directory}.keys`);
    fs.writeFileSync(`${setup.directory}.keys/ledger.key`, '');
    expect(open()).equal(undefined);
    fs.rmSync(setup.directory, { recursive: true });
    expect(open()).equal('AUDIT_LEDGER_MISSING');
  });

  it('is refused where nothing of it may be read', async () => {
    await write();
    fs.chmodSync(setup.directory, 0);
    // Root reads whatever the rights say.
    const expected = process.geteuid?.() === 0 ? undefined : 'AUDIT_LEDGER_REFUSED';
    expect(open()).equal(expected);
    fs.chmodSync(setup.directory, 0o700);
  });
});

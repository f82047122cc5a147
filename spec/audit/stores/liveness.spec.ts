import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { expect } from 'chai';

import { askAlive, showAlive } from '#lib/audit/stores/liveness.js';
import { nodeFileSystem } from '#lib/audit/stores/file-system.js';
import { isSameProcess, readProcessMark } from '#lib/audit/stores/process-mark.js';
import { openSegmentStoreForReading } from '#lib/audit/stores/segment-archive.js';
import { createUlid } from '#lib/audit/ulid.js';

import { SegmentSetup } from './segment-setup.js';

const PROGRAM = fileURLToPath(new URL('./liveness-program.js', import.meta.url));
const SOMEBODY = '01HZZZZZZZZZZZZZZZZZZZZZZZ';

describe('liveness of a writer', () => {
  let setup: SegmentSetup;
  let children: ChildProcess[];

  beforeEach(() => {
    setup = new SegmentSetup();
    children = [];
  });
  afterEach(async () => {
    for (const child of children) await end(child);
    await setup.dispose();
  });

  async function start(directory = setup.directory, how = ''): Promise<{ child: ChildProcess; wid: string }> {
    const child = spawn(process.execPath, [PROGRAM, directory, how], { stdio: ['pipe', 'pipe', 'inherit'] });
    children.push(child);
    const [wid] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    return { child, wid };
  }

  async function end(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  it('is seen from other processes, also of one that is stopped, and ends with the process', async () => {
    const store = setup.open();
    const { child, wid } = await start();
    expect(await store.liveness(wid)).equal('alive');
    expect(await openSegmentStoreForReading(setup.directory).liveness(wid)).equal('alive');
    child.kill('SIGSTOP');
    expect(await store.liveness(wid)).equal('alive');
    await end(child);
    expect(await store.liveness(wid)).equal('dead');
  });

  it('is seen through any number of questions that a stopped process does not answer', async () => {
    const { child, wid } = await start();
    child.kill('SIGSTOP');
    const answers = await Promise.all(Array.from({ length: 700 }, () => askAlive(setup.directory, wid)));
    expect(new Set(answers)).deep.equal(new Set(['alive']));
  });

  it('is seen in a folder whose path is too long for a socket', async () => {
    const directory = join(setup.root, 'long'.repeat(40), 'ledger');
    fs.mkdirSync(join(setup.root, 'long'.repeat(40)));
    const { child, wid } = await start(directory);
    expect(fs.readdirSync(join(directory, 'live'))).deep.equal([`${wid}.sock`]);
    expect(await askAlive(directory, wid)).equal('alive');
    await end(child);
    expect(await askAlive(directory, wid)).equal('dead');
  });

  it('leaves no descriptor and no file behind', async () => {
    const directory = join(setup.root, 'long'.repeat(40));
    fs.mkdirSync(join(directory, 'live'), { recursive: true });
    const wid = createUlid();
    const before = fs.readdirSync('/proc/self/fd').length;
    const hide = showAlive(nodeFileSystem, directory, wid);
    for (let count = 0; count < 20; count++) expect(await askAlive(directory, wid)).equal('alive');
    hide();
    while (fs.readdirSync('/proc/self/fd').length > before) await new Promise(setImmediate);
    expect(fs.readdirSync(join(directory, 'live'))).deep.equal([]);
    expect(await askAlive(directory, wid)).equal('dead');
  });

  it('is told by a file where no socket can be made', async () => {
    setup.open();
    const live = join(setup.directory, 'live');
    const wid = createUlid();
    // Something else stands where the socket would.
    fs.writeFileSync(join(live, `${wid}.sock`), '');
    const hide = showAlive(nodeFileSystem, setup.directory, wid);
    expect(fs.readdirSync(live)).deep.equal([`${wid}.json`, `${wid}.sock`]);
    expect(await askAlive(setup.directory, wid)).equal('alive');
    hide();
    expect(await askAlive(setup.directory, wid)).equal('dead');
  });

  it('is assumed of a writer of whom nothing can be found out', async () => {
    const wid = createUlid();
    const unreadable = join(setup.root, 'long'.repeat(40));
    fs.mkdirSync(unreadable);
    fs.symlinkSync('live', join(unreadable, 'live'));
    expect(await askAlive(unreadable, wid)).equal('alive');
    setup.open();
    const mark = join(setup.directory, 'live', `${wid}.json`);
    expect(await askAlive(setup.directory, wid)).equal('dead');
    fs.symlinkSync(`${wid}.json`, mark);
    expect(await askAlive(setup.directory, wid)).equal('alive');
    fs.unlinkSync(mark);
  });

  it('tells a process from a later one with its number', () => {
    const mark = readProcessMark();
    expect(isSameProcess(mark)).equal(true);
    expect(isSameProcess({ ...mark, started: '1' })).equal(false);
    expect(isSameProcess({ ...mark, boot: 'another start of the machine' })).equal(false);
    expect(isSameProcess({ ...mark, pid: 4_194_304 })).equal(false);
    expect(isSameProcess({ ...mark, pid: 4_194_304, namespace: 'of a container' })).equal(true);
    expect(isSameProcess(null)).equal(false);
  });

  it('holds a claim as long as the process does', async () => {
    const store = setup.open();
    const { wid } = store.openWriter();
    const { child, wid: holder } = await start(setup.directory, 'claim');
    expect(await store.claim(SOMEBODY, wid)).deep.equal({ granted: false, former: [] });
    child.kill('SIGSTOP');
    expect(await store.claim(SOMEBODY, wid)).deep.equal({ granted: false, former: [] });
    await end(child);
    expect(await store.claim(SOMEBODY, wid)).deep.equal({ granted: true, former: [holder] });
  });

  it('does not keep a process running', async () => {
    const child = spawn(process.execPath, [PROGRAM, setup.directory], { stdio: ['ignore', 'ignore', 'inherit'] });
    children.push(child);
    expect(await once(child, 'exit')).deep.equal([0, null]);
  });
});

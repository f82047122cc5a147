import { chmodSync, mkdirSync, rmSync } from 'node:fs';

import { expect } from 'chai';
import type { AuditOptions, ProcessTracing, TracingOptions } from 'spanwright';
import {
  AuditedCall,
  auditedFetch,
  configureTracing,
  createSpanProcessor,
  createTracing,
  getTracing,
  health,
  Traced,
} from 'spanwright';
import type { IntentEntry } from 'spanwright/audit';
import { openLedger, verify } from 'spanwright/audit';

import { CollectedWarnings } from '../collected-warnings.js';
import { LedgerFolders, readEntries } from './ledger-folders.js';

class Desk {
  @AuditedCall({ callType: 'http' })
  async close(id: string, until?: Promise<void>): Promise<string> {
    await until;
    return `${id} closed`;
  }
}

async function codeOf(work: () => unknown): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return (error as { code?: string }).code;
  }
}

describe('configureTracing with a ledger', () => {
  const folders = new LedgerFolders();
  const desk = new Desk();
  let tracing: ProcessTracing | undefined;

  const configure = (options: TracingOptions): ProcessTracing => (tracing = configureTracing(options));

  afterEach(async () => {
    await tracing?.shutdown();
    tracing = undefined;
  });
  after(() => folders.remove());

  it('opens it in the call, and closes it at shutdown', async () => {
    const directory = folders.next();
    const { ledger } = configure({ audit: { directory } });
    expect(ledger?.directory).equal(directory);
    expect([getTracing().status().audit, health().audit]).deep.equal(['open', 'open']);
    expect(await desk.close('T-1')).equal('T-1 closed');
    expect((await tracing?.shutdown())?.complete).equal(true);
    expect(ledger?.health()).include({ state: 'closed', inFlight: 0 });
    expect([getTracing().status().audit, health().audit]).deep.equal(['none', 'none']);
    expect(await verify(directory)).include({ exitCode: 0, calls: 1 });
  });

  it('needs no destination, and no kill switch ends it', async () => {
    const directory = folders.next();
    process.env['SPANWRIGHT_DISABLE_ALL'] = 'true';
    try {
      expect(configure({ audit: { directory } }).status()).include({ state: 'off', audit: 'open' });
    } finally {
      delete process.env['SPANWRIGHT_DISABLE_ALL'];
    }
    await desk.close('T-1');
    await tracing?.shutdown();
    expect(await verify(directory)).include({ exitCode: 0, calls: 1 });
  });

  it('adds entries of one’s own', async () => {
    const directory = folders.next();
    const receipt = await configure({ audit: { directory } }).ledger?.append({ kind: 'note', data: { a: 1 } });
    expect(receipt?.hash).match(/^[0-9a-f]{64}$/);
  });

  it('refuses audited calls where nothing names one', async () => {
    expect(configure({}).status().audit).equal('none');
    expect(await codeOf(() => desk.close('T-1'))).equal('AUDIT_NOT_CONFIGURED');
  });

  it('lets them pass where code says false, and says so', async () => {
    const warnings = new CollectedWarnings();
    try {
      expect(configure({ audit: false, logger: warnings.logger }).status().audit).equal('off');
      configure({ audit: false, logger: warnings.logger });
      expect(warnings.codes()).deep.equal(['AUDIT_OFF']);
    } finally {
      warnings.stop();
    }
    expect(health().audit).equal('off');
    expect(await desk.close('T-1')).equal('T-1 closed');
    await tracing?.shutdown();
    expect(await codeOf(() => desk.close('T-1'))).equal('AUDIT_NOT_CONFIGURED');
  });

  it('throws at once where the folder is refused, and leaves everything as it was', async () => {
    const directory = folders.next();
    mkdirSync(directory, { mode: 0o777 });
    chmodSync(directory, 0o777);
    const former = configure({ destinations: [{ provider: 'memory' }] });
    expect(await codeOf(() => configureTracing({ audit: { directory } }))).equal('AUDIT_LEDGER_REFUSED');
    expect(getTracing()).equal(former);
    Traced.run('after', () => 1);
    expect(former.finishedSpans().map(({ name }) => name)).deep.equal(['after']);
  });

  it('throws at once where the ledger is gone and its key is there', async () => {
    const directory = folders.next();
    configure({ audit: { directory } });
    await tracing?.shutdown();
    rmSync(directory, { recursive: true });
    expect(await codeOf(() => configureTracing({ audit: { directory } }))).equal('AUDIT_LEDGER_MISSING');
    expect(getTracing().status().audit).equal('none');
  });

  it('takes a ledger of the application, and does not close it', async () => {
    const directory = folders.next();
    const ledger = await openLedger({ directory });
    expect(configure({ audit: ledger }).ledger).equal(ledger);
    await desk.close('T-1');
    await tracing?.shutdown();
    expect(ledger.health().state).equal('open');
    expect(await codeOf(() => desk.close('T-2'))).equal('AUDIT_NOT_CONFIGURED');
    await ledger.close();
    expect(await verify(directory)).include({ exitCode: 0, calls: 1 });
  });

  it('keeps the former ledger open for the calls that began on it', async () => {
    const directory = folders.next();
    const { ledger: former } = configure({ audit: { directory } });
    let release = (): void => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow = desk.close('T-1', released);
    await former?.append({ kind: 'note', data: 'T-1 is in flight' });
    const { ledger } = configure({ audit: { directory } });
    expect(ledger).not.equal(former);
    await desk.close('T-2');
    release();
    expect(await slow).equal('T-1 closed');
    await former?.close();
    await tracing?.shutdown();
    expect(await verify(directory)).include({ exitCode: 0, calls: 2, unknown: 0 });
  });

  it('goes with its configuration', async () => {
    const { ledger } = configure({ audit: { directory: folders.next() } });
    expect(configure({ destinations: [{ provider: 'memory' }] }).ledger).equal(undefined);
    expect(getTracing().status().audit).equal('none');
    await ledger?.close();
    expect(ledger?.health().state).equal('closed');
  });

  describe('with an actor', () => {
    const actors = async (actor: NonNullable<AuditOptions['actor']>): Promise<unknown[]> => {
      const directory = folders.next();
      configure({ audit: { directory, actor }, logger: { warn: () => {} } });
      await desk.close('T-1');
      await AuditedCall.wrap({ name: 'own', actor: { type: 'own' } }, async () => 1)();
      await (await auditedFetch(async () => new Response('ok'))()).text();
      await tracing?.shutdown();
      const intents = readEntries(directory).filter(({ kind }) => kind === 'intent') as IntentEntry[];
      return intents.map((intent) => intent.actor?.type);
    };

    it('records it where a call names none, and never its id', async () => {
      expect(await actors({ type: 'job', id: 'ann@example.com' })).deep.equal(['job', 'own', 'job']);
    });

    it('asks a function at each call', async () => {
      let calls = 0;
      expect(await actors(() => ({ type: `user-${++calls}` }))).deep.equal(['user-1', 'own', 'user-2']);
      expect(await actors(() => undefined)).deep.equal([undefined, 'own', undefined]);
    });

    it('counts a function that throws, and says that somebody was meant', async () => {
      const before = health().guarded['HOOK_ACTOR'] ?? 0;
      const broken = (): never => {
        throw new Error('no user');
      };
      expect(await actors(broken)).deep.equal(['unresolved', 'own', 'unresolved']);
      expect(health().guarded['HOOK_ACTOR']).equal(before + 2);
    });
  });

  it('is not of a tracing of one’s own, nor of a processor', () => {
    const audit = { directory: folders.next() };
    expect(() => createTracing({ audit } as never)).throw(/give it to configureTracing/);
    expect(() => createSpanProcessor({ audit } as never)).throw(/give it to configureTracing/);
  });
});

import { expect } from 'chai';

import { auditedClient } from '#lib/audit/clients/audited-client.js';
import { auditedFetch } from '#lib/audit/clients/audited-fetch.js';
import {
  auditState,
  currentLedger,
  installLedger,
  isAuditOff,
  runExempt,
  switchAuditOff,
} from '#lib/audit/current-ledger.js';
import { CollectedWarnings } from '../../collected-warnings.js';
import { PAGES } from './pages.js';
import { RecordingLedger } from './recording-ledger.js';
import { startWatchedServer, type WatchedServer } from './watched-server.js';

const ONE = { model: 'm', usage: { in: 3, out: 1, cost: 0.5 } };

class Desk {
  calls = 0;
  async load(next: () => Promise<unknown>): Promise<unknown> {
    this.calls++;
    return next();
  }
  async find(name: string): Promise<string> {
    this.calls++;
    return Promise.resolve(name);
  }
}

describe('the ledger in force', () => {
  let server: WatchedServer;
  let ledger: RecordingLedger;
  const undo: (() => void)[] = [];

  before(async () => {
    server = await startWatchedServer(() => ledger, PAGES);
  });
  beforeEach(() => {
    ledger = new RecordingLedger();
  });
  afterEach(() => {
    for (const each of undo.splice(0)) each();
    auditState().describe = undefined;
  });
  after(() => server.close());

  it('is the one before when it is taken back, and none at last', () => {
    const former = new RecordingLedger();
    const takeBackFormer = installLedger(former);
    const takeBack = installLedger(ledger);
    expect(currentLedger()).equal(ledger);
    takeBack();
    takeBack();
    expect(currentLedger()).equal(former);
    takeBackFormer();
    expect(() => currentLedger()).throw('AUDIT_NOT_CONFIGURED');
    const switchOn = switchAuditOff();
    expect(isAuditOff()).equal(true);
    switchOn();
    expect(isAuditOff()).equal(false);
  });

  it('is asked for where there is none, and no call is made', async () => {
    expect(() => currentLedger()).throw('AUDIT_NOT_CONFIGURED');
    const error: unknown = await auditedFetch(fetch)(`${server.url}/json`).catch((thrown: unknown) => thrown);
    expect(error).property('code', 'AUDIT_NOT_CONFIGURED');
    const desk = new Desk();
    const refused: unknown = await auditedClient(desk, { callType: 'other', methods: ['find'] })
      .find('seven')
      .catch((thrown: unknown) => thrown);
    expect(refused).property('code', 'AUDIT_NOT_CONFIGURED');
    expect([desk.calls, server.arrivals.length]).deep.equal([0, 0]);
  });

  it('is the latest that was installed and not taken back', () => {
    const [first, second] = [new RecordingLedger(), new RecordingLedger()];
    const takeBack = installLedger(first);
    undo.push(installLedger(second), takeBack);
    expect(currentLedger()).equal(second);
    takeBack();
    takeBack();
    expect(currentLedger()).equal(second);
    undo.push(switchAuditOff());
    expect(isAuditOff()).equal(true);
    undo.push(installLedger(first));
    expect([isAuditOff(), currentLedger()]).deep.equal([false, first]);
  });

  it('lets calls pass where code switched it off, in the same kind', async () => {
    const said = new CollectedWarnings();
    try {
      undo.push(switchAuditOff(), switchAuditOff());
      const desk = auditedClient(new Desk(), { callType: 'other', methods: ['find'] });
      const found = desk.find('seven');
      expect(found).instanceOf(Promise);
      expect(await found).equal('seven');
      expect(await (await auditedFetch(fetch)(`${server.url}/json`)).json()).deep.equal({ ticket: 7 });
      const told = await new Promise((resolve) => {
        const callbacks = { ask: (text: string, done: (error: null, answer: string) => void) => done(null, text) };
        auditedClient(callbacks, { callType: 'other', methods: ['ask'] }).ask('seven', (_, answer) => resolve(answer));
      });
      expect(told).equal('seven');
      expect(said.codes().filter((code) => code === 'AUDIT_OFF')).length(1);
    } finally {
      said.stop();
    }
  });

  it('is found in each call', async () => {
    const ask = auditedFetch(fetch);
    undo.push(installLedger(ledger));
    await (await ask(`${server.url}/json`)).text();
    expect(ledger.calls).length(1);
  });

  it('knows calls inside of calls, in their order', async () => {
    undo.push(installLedger(ledger));
    const desk = auditedClient(new Desk(), { callType: 'other', methods: ['load', 'find'] });
    const ask = auditedFetch(fetch);
    await desk.load(async () => {
      await (await ask(`${server.url}/json`)).text();
      await new Promise(setImmediate);
      await Promise.all([desk.find('a'), desk.find('b')]);
    });
    await desk.find('outside');
    const [outer, ...inner] = ledger.calls;
    expect(inner.slice(0, 3).map(({ start }) => start.parent)).deep.equal(
      [1, 2, 3].map((seq) => ({ id: outer?.id, seq })),
    );
    expect([outer?.start.parent, inner[3]?.start.parent]).deep.equal([undefined, undefined]);
  });

  it('is not told of what runs on after a call, as its child', async () => {
    undo.push(installLedger(ledger));
    const desk = auditedClient(new Desk(), { callType: 'other', methods: ['load', 'find'] });
    let later: Promise<unknown> | undefined;
    await desk.load(async () => {
      later = new Promise((resolve) => {
        setTimeout(() => resolve(desk.find('later')), 20);
      });
      return Promise.resolve();
    });
    await later;
    expect(ledger.calls[1]?.start.parent).equal(undefined);
    const own = auditedFetch(async () => {
      later = new Promise((resolve) => {
        setTimeout(() => resolve(desk.find('later')), 20);
      });
      return Promise.resolve(new Response(null));
    });
    await own();
    await later;
    expect(ledger.calls[3]?.start.op.method).equal('find');
    expect(ledger.calls[3]?.start.parent).equal(undefined);
  });

  it('is told of a function among the arguments what code says of it', async () => {
    const desk = { each: async (_: string, map: (n: number) => number) => Promise.resolve([1, 2].map((n) => map(n))) };
    const options = { callType: 'other', methods: ['each'], ledger } as const;
    expect(await auditedClient(desk, { ...options, callbacks: false }).each('all', (n) => n * 2)).deep.equal([2, 4]);
    expect(ledger.only.end).deep.equal({ status: 'ok', response: { value: [2, 4] } });
  });

  it('is not told of what stores and exporters do', async () => {
    undo.push(installLedger(ledger));
    const desk = auditedClient(new Desk(), { callType: 'other', methods: ['find'] });
    expect(await runExempt(() => desk.find('seven'))).equal('seven');
    expect(ledger.calls).deep.equal([]);
  });

  it('is told who acts, and never by whom it cannot be', async () => {
    const ask = (actor: () => { type: string; id: string } | undefined): Promise<Response> =>
      auditedFetch(fetch, { ledger, actor })(`${server.url}/none`);
    await ask(() => ({ type: 'user', id: '7' }));
    const said = new CollectedWarnings();
    try {
      await ask(() => {
        throw new Error('nobody');
      });
    } finally {
      said.stop();
    }
    expect(ledger.calls.map(({ start }) => start.actor)).deep.equal([
      { type: 'user', id: '7' },
      { type: 'unresolved' },
    ]);
  });

  it('is told what an exchange with a model says', async () => {
    const seen: (string | undefined)[][] = [];
    auditState().describe = (url, request, response) => {
      seen.push([new URL(url).pathname, request, response]);
      return response === undefined ? { provider: 'p', model: 'm' } : ONE;
    };
    const ask = auditedFetch(fetch, { ledger, callType: 'llm' });
    await (await ask(`${server.url}/three`, { method: 'POST', body: '{"q":1}' })).text();
    await (await auditedFetch(fetch, { ledger })(`${server.url}/three`)).text();
    expect(seen).deep.equal([
      ['/three', '{"q":1}', undefined],
      ['/three', '{"q":1}', 'one,two,three'],
    ]);
    expect(ledger.calls[0]?.start).deep.include({ provider: 'p', model: 'm' });
    expect(ledger.calls[0]?.end).deep.equal({ status: 'ok', ...ONE });
  });
});

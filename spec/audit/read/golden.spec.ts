import { join } from 'node:path';

import { expect } from 'chai';

import { explain } from '#lib/audit/read/explain.js';
import { lineage } from '#lib/audit/read/lineage.js';
import { verify } from '#lib/audit/read/verify.js';
import { PythonVerifier, askBoth, hasPython } from './both-verifiers.js';

// Written by version 0.1.0: a process that closed, one that was killed during `call-4`, and one that recovered it. Of the second
// the zeros and unused secrets behind its only call were cut. Its bytes never change: they are what later versions must read.
const DIRECTORY = join('spec', 'audit', 'read', 'golden', 'al-1', 'ledger');
const RECOVERING = '01M8049WF228D06DZ05TZG6KY5';

describe('a ledger of format al/1', () => {
  it('verifies, and says which call nobody knows the end of', async () => {
    const { problems, bytes, notAnchored, ...report } = await verify(DIRECTORY, { payloads: true });
    expect(report).deep.equal({
      exitCode: 2,
      status: 'incomplete',
      writers: 3,
      entries: 21,
      calls: 5,
      dangling: 0,
      inFlight: 0,
      unknown: 1,
      payloads: 6,
      moreProblems: 0,
    });
    expect(bytes).equal(12_866);
    expect(notAnchored).a('string');
    expect(problems.map(({ wid, wseq, code }) => [wid, wseq, code])).deep.equal([[RECOVERING, 3, 'unknown']]);
  });

  it('is judged alike by the second verifier', async function () {
    if (!hasPython()) this.skip();
    const python = new PythonVerifier();
    expect((await askBoth(python, DIRECTORY, { payloads: true })).exitCode).equal(2);
    await python.stop();
  });

  it('tells of each call how it went', async () => {
    const states = async (id: string) => {
      const { attempts } = await explain(DIRECTORY, id);
      return attempts.map(({ state, request, response }) => [state, request?.state, response?.state]);
    };
    expect(await states('call-1')).deep.equal([['ok', 'AVAILABLE', 'AVAILABLE']]);
    expect(await states('call-2')).deep.equal([
      ['error', 'AVAILABLE', undefined],
      ['ok', 'AVAILABLE', 'AVAILABLE'],
    ]);
    expect(await states('call-3')).deep.equal([['cancelled', 'NEVER_STORED', undefined]]);
    expect(await states('call-4')).deep.equal([['unknown', 'AVAILABLE', undefined]]);
  });

  it('gives payloads as they were', async () => {
    const [first] = (await explain(DIRECTORY, 'call-1')).attempts;
    expect(first?.request?.text).equal('{"messages":[{"content":"ticket of call-1 – ü","role":"user"}]}');
    expect(first?.response?.text).equal(
      '{"at":{"$al":"date","v":"1970-01-01T00:00:00.000Z"},"n":{"$al":"bigint","v":"12"},"summary":"short"}',
    );
    const [second] = (await explain(DIRECTORY, 'call-2')).attempts;
    expect(second?.request?.base64).equal('AP8B');
  });

  it('gives its run as a tree', async () => {
    const { calls, notes, roots } = await lineage(DIRECTORY, 'nightly');
    expect(calls).equal(4);
    expect(notes).lengthOf(1);
    expect(roots.map(({ callId, children }) => [callId, ...children.map((child) => child.callId)])).deep.equal([
      ['call-1', 'call-2'],
      ['call-3'],
      ['call-4'],
    ]);
  });
});

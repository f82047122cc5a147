import { expect } from 'chai';
import type { CustomDestinationOptions, Tracing } from 'spanwright';
import { configureTracing, Traced } from 'spanwright';
import { eventually, expectBalanced } from '../accounts.js';
import { FAILED, SUCCESS, ToldExporter } from './told-exporter.js';

type Exporter = CustomDestinationOptions['exporter'];

const work = Traced.wrap({ name: 'work', attributes: { list: ['a', 'b'] } }, () => 1);

describe('a custom destination that fails', () => {
  let tracing: Tracing;
  let rejections: unknown[];
  const note = (reason: unknown): void => void rejections.push(reason);

  function configure(exporter: unknown, options: Partial<CustomDestinationOptions> = {}): void {
    tracing = configureTracing({
      destinations: [
        { provider: 'custom', exporter: exporter as Exporter, batch: { delayMs: 2 }, ...options },
        { provider: 'memory' },
      ],
    });
  }

  const health = () => tracing.health().destinations['custom'] ?? expect.fail('no such destination');

  async function failure(exporter: unknown, options?: Partial<CustomDestinationOptions>): Promise<string> {
    configure(exporter, options);
    work();
    await eventually(() => health().lastError !== undefined, 'a failure');
    expectBalanced(health());
    return health().lastError ?? '';
  }

  beforeEach(() => {
    rejections = [];
    process.on('unhandledRejection', note);
  });
  afterEach(async () => {
    await tracing.shutdown(100);
    process.off('unhandledRejection', note);
    expect(rejections).to.deep.equal([]);
  });

  const FAULTS: readonly (readonly [string, unknown])[] = [
    [
      'a function that throws',
      () => {
        throw new Error('no');
      },
    ],
    ['a function that rejects', () => Promise.reject(new Error('no'))],
    [
      'an exporter that throws',
      new ToldExporter(() => {
        throw new Error('no');
      }),
    ],
    ['an asynchronous exporter that rejects', new ToldExporter(() => Promise.reject(new Error('no')))],
    ['an exporter that fails', new ToldExporter((done) => done({ code: FAILED, error: new Error('no') }))],
  ];
  for (const [name, exporter] of FAULTS) {
    it(`keeps what ${name} did not take`, async () => {
      expect(await failure(exporter)).to.equal('no');
      expect(health()).to.include({ queued: 1, delivered: 0 });
    });
  }

  it('keeps what was not taken for no reason that can be read', async () => {
    const unreadable = {
      get message(): string {
        throw new Error('never');
      },
    };
    for (const result of [
      undefined,
      { code: FAILED },
      { code: FAILED, error: unreadable },
      {
        get code(): number {
          throw new Error('never');
        },
      },
    ]) {
      expect(await failure(new ToldExporter((done) => done(result as never)))).to.match(/no reason|cannot be read/);
      await tracing.shutdown(10);
    }
  });

  it('gives up waiting for one that never answers', async () => {
    for (const exporter of [new ToldExporter(() => {}), () => new Promise(() => {})]) {
      expect(await failure(exporter, { timeoutMs: 20 })).to.equal('the exporter did not answer within 20 ms');
      await tracing.shutdown(10);
    }
  });

  it('believes the first word of one that answers twice', async () => {
    configure(
      new ToldExporter((done) => {
        done({ code: SUCCESS });
        done({ code: FAILED, error: new Error('never') });
      }),
    );
    work();
    await tracing.flush();
    expect(health()).to.include({ delivered: 1, queued: 0 }).and.not.have.property('lastError');
  });

  for (const [code, breaker, dropped] of [
    [401, 'open', {}],
    [400, 'closed', { refused: 1 }],
    [413, 'closed', { too_large: 1 }],
  ] as const) {
    it(`reads the HTTP status ${code} of an error`, async () => {
      await failure(
        new ToldExporter((done) =>
          done({ code: FAILED, error: Object.assign(new Error('no'), { code, data: 'said' }) }),
        ),
      );
      expect(health()).to.deep.include({ breaker, dropped, lastError: `HTTP ${code}: said` });
    });
  }

  it('tells the codes of gRPC from those of others', async () => {
    const error = Object.assign(new Error('3 no'), { code: 3, details: 'no', metadata: {} });
    expect(await failure(new ToldExporter((done) => done({ code: FAILED, error })))).to.equal(
      'gRPC INVALID_ARGUMENT: no',
    );
    expect(health().dropped).to.deep.equal({ refused: 1 });
    await tracing.shutdown();
    await failure(
      new ToldExporter((done) => done({ code: FAILED, error: new DOMException('no', 'HierarchyRequestError') })),
    );
    expect(health()).to.include({ queued: 1 });
  });
});

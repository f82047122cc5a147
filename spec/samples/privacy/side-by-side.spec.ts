import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { expect } from 'chai';

// Through this type tsc compiles the entry beside the specs; it runs in a process of its own.
import type { Tier } from '../../../samples/privacy/main.js';

const MAIN = fileURLToPath(new URL('../../../samples/privacy/main.js', import.meta.url));
const TIERS: readonly Tier[] = ['none', 'digest', 'redacted', 'full'];

type Block = Readonly<Record<Tier, string>>;

/** What the sample printed, by attribute. */
function blocksOf(printed: string): Map<string, Block> {
  const blocks = new Map<string, Block>();
  const lines = printed.split('\n');
  for (const [index, line] of lines.entries()) {
    if (line === '' || /^[\s─]/.test(line)) continue;
    const values = lines.slice(index + 1, index + 5).map((value) => value.trim().replace(/^\w+\s+/, ''));
    blocks.set(line, Object.fromEntries(TIERS.map((tier, at) => [tier, values[at] ?? ''])) as Block);
  }
  return blocks;
}

describe('the sample privacy', function sample() {
  this.timeout(30_000);
  let printed: string;
  let blocks: Map<string, Block>;

  before(async () => {
    const env = { PATH: process.env['PATH'] ?? '', SPANWRIGHT_DIGEST_KEY: 'k' };
    ({ stdout: printed } = await promisify(execFile)(process.execPath, [MAIN], { env }));
    blocks = blocksOf(printed);
  });

  const block = (name: string): Block => {
    const found = blocks.get(name);
    expect(found, name).to.not.equal(undefined);
    return found as Block;
  };

  it('shows one call at four tiers', () => {
    const messages = block('gen_ai.input.messages');
    expect(messages).to.include({ none: '–', digest: '–' });
    expect(messages.redacted).to.contain('I am Jo, mail [REDACTED] or call [REDACTED]. My card [REDACTED] was');
    expect(messages.full).to.contain('jo.miller@example.com').and.contain('4111 1111 1111 1111');
    const digests = block('spanwright.request.digest');
    expect(digests.digest).to.match(/^[0-9a-f]{64}$/);
    expect(digests).to.include({ none: '–', redacted: '–', full: '–' });
    expect(block('user.id')).to.include({ redacted: '[REDACTED]', full: 'jo.miller@example.com' });
  });

  it('shows a secret at no tier', () => {
    for (const secret of ['sk-proj-Zm9v', 'k-123456789', 'pa55word']) expect(printed).to.not.contain(secret);
    expect(block('gen_ai.output.messages').full).to.contain('use the key [REDACTED] once');
  });

  it('shows facts at every tier', () => {
    for (const tier of TIERS) expect(block('gen_ai.usage.input_tokens')[tier]).to.equal('42');
  });
});

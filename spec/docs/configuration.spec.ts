import { expect } from 'chai';

import { Folders, problemsOf, resolve } from '../config/resolving.js';
import { readBlocks } from './blocks.js';

describe('the page of configuration', () => {
  const folders = new Folders();
  after(() => {
    folders.remove();
  });

  const file = readBlocks('docs/guide/configuration.md').find(({ language }) => language === 'yaml');

  it('shows a file that is read', () => {
    const cwd = folders.make({ 'tracing.yaml': file?.text ?? '' });
    const config = resolve({ configFile: 'tracing.yaml' }, { COLLECTOR_KEY: '12345', SAMPLE_RATIO: '0.25' }, cwd);
    expect(config).include({ serviceName: 'ticket-summarizer', environment: 'local' });
    expect(config.sampling.ratio).equal(0.25);
    const [collector, lines] = config.destinations.map(({ transport }) => transport);
    expect(collector).deep.include({ endpoint: 'http://localhost:4318/v1/traces', headers: { 'x-api-key': '12345' } });
    expect(lines).include({ path: `${cwd}/traces/local.jsonl` });
    const missing = problemsOf({ configFile: 'tracing.yaml' }, {}, cwd);
    expect(missing.map(({ path, hint }) => [path, hint])).deep.equal([
      ['destinations[0].headers.x-api-key', 'set COLLECTOR_KEY, or write ${COLLECTOR_KEY:-default}'],
    ]);
  });
});

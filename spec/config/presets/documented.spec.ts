import { expect } from 'chai';

import type { Env } from '../resolving.js';
import { onlyOf, otlpOf, problemsOf, resolve } from '../resolving.js';
import type { DocumentedBackend } from './backends.js';
import { VALUES, documented, fill, skipWithoutData } from './backends.js';
import { whole } from './keys.js';

type Http = ReturnType<typeof otlpOf>;

const http = (options: object, env: Env = {}): Http => otlpOf(resolve({ destinations: [options] }, env));

/** Values of the options that the headers of a backend show. */
function shownOptions({ headers = {} }: DocumentedBackend): Record<string, string> {
  const names = Object.values(headers).flatMap((text) => [...text.matchAll(/<(\w+)>/g)].map(([, name = '']) => name));
  return Object.fromEntries(names.map((name) => [name, VALUES[name] ?? '']));
}

const isHttp = ([provider]: [string, DocumentedBackend]): boolean => provider !== 'azure_monitor';

describe('presets against what is documented', function () {
  before(function () {
    skipWithoutData(this);
  });

  it('are known for every backend', () => {
    for (const [provider, { vocabulary, content }] of Object.entries(documented)) {
      const options = provider === 'azure_monitor' ? { connectionString: 'InstrumentationKey=1' } : {};
      const settings = onlyOf(resolve({ destinations: [whole(provider, options)] }));
      expect(settings, provider).include({ name: provider, provider, vocabulary, content });
    }
  });

  for (const [provider, backend] of Object.entries(documented).filter(isHttp)) {
    describe(provider, () => {
      it('has the documented URL', () => {
        const url = backend.defaultUrl ?? fill(backend.url ?? '');
        if (url !== '') expect(http(whole(provider)).endpoint).equal(url);
        const { pathname } = new URL(http(whole(provider)).endpoint);
        for (const [region, host] of Object.entries(backend.regions ?? {})) {
          const { origin } = new URL(host);
          expect(http(whole(provider, { region })).endpoint).equal(`${origin}${pathname}`);
        }
      });

      it('sends the documented headers', () => {
        const { headers = {} } = backend;
        const expected = Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, fill(text)]));
        expect(http(whole(provider, shownOptions(backend))).headers).deep.equal(expected);
      });

      it('takes the documented encodings', () => {
        expect(http(whole(provider)).encoding).equal('protobuf');
        if (/or JSON|by option/.test(backend.encoding ?? '')) {
          expect(http(whole(provider, { encoding: 'json' })).encoding).equal('json');
        } else {
          expect(problemsOf({ destinations: [whole(provider, { encoding: 'json' })] })[0]).include({
            path: 'destinations[0].encoding',
            got: '"json"',
          });
        }
      });

      it('takes the documented limits', () => {
        const { limits } = onlyOf(resolve({ destinations: [whole(provider)] }));
        expect(limits).include(backend.limits ?? {});
      });
    });
  }

  it('read the documented variables, the first that is set', () => {
    const named = Object.entries(documented).filter(
      ([provider]) => provider !== 'otlp' && provider !== 'azure_monitor',
    );
    for (const [provider, { env = {} }] of named) {
      for (const [key, variables] of Object.entries(env)) {
        const isUrl = key === 'endpoint' || key === 'host';
        const option = isUrl ? 'endpoint' : key;
        const mode = provider === 'datadog' ? { mode: 'agentless', apiKey: 'other' } : {};
        const { [key]: _left, ...options } = whole(provider, mode) as Record<string, unknown>;
        for (const [index, variable] of variables.entries()) {
          const value = (at: number): string => (isUrl ? `http://127.0.0.1:${90 + at}` : `${VALUES[key]}`);
          const later = variables
            .slice(index + 1)
            .map((name, at): [string, string] => [name, isUrl ? value(at + 1) : 'later.example']);
          const values = Object.fromEntries([[variable, value(0)], ...later]);
          const config = resolve({ destinations: [options] }, values);
          expect(config.sources[`destinations.${provider}.${option}`], variable).equal(variable);
          const { endpoint, headers } = otlpOf(config);
          expect(JSON.stringify({ endpoint, headers, ...onlyOf(config).resourceAttributes }), variable).contain(
            isUrl ? '127.0.0.1:90' : provider === 'langfuse' ? '' : value(0),
          );
        }
      }
    }
  });

  it('send to Datadog in both modes', () => {
    const { modes = {} } = documented['datadog'] ?? {};
    const { apiKey = '', site = '' } = VALUES;
    expect(http({ provider: 'datadog', apiKey, site }).headers).deep.equal(modes['agent']?.headers);
    const agentless = http({ provider: 'datadog', mode: 'agentless', apiKey, site });
    expect(agentless.endpoint).equal(fill(modes['agentless']?.url ?? ''));
    const headers = Object.entries(modes['agentless']?.headers ?? {}).map(([name, text]) => [name, fill(text)]);
    expect(agentless.headers).deep.equal(Object.fromEntries(headers));
    expect(http({ provider: 'datadog', mode: 'agentless', apiKey }).endpoint).contain('otlp.datadoghq.com');
  });

  it('put the project on the resource for Phoenix', () => {
    const { resourceAttributes } = onlyOf(resolve({ destinations: [{ provider: 'phoenix', project: 'tickets' }] }));
    const [[name, text] = ['', '']] = Object.entries(documented['phoenix']?.resource ?? {});
    expect(resourceAttributes).deep.equal({ [name]: fill(text) });
  });

  it('know what Azure Monitor takes', () => {
    const { limits = {} } = documented['azure_monitor'] ?? {};
    const options = { provider: 'azure_ai', connectionString: 'InstrumentationKey=1' };
    expect(onlyOf(resolve({ destinations: [options] })).limits).deep.include({
      attributeBytes: limits['attributeChars'],
      contentAttributeBytes: limits['genAiContentBytes'],
    });
  });
});

import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { expect } from 'chai';
import { configureTracing, createSpanProcessor } from 'spanwright';
import type { Tracing, TracingOptions } from 'spanwright';
import { CollectedWarnings } from '../collected-warnings.js';
import { EMAIL, seenBy, textOf, TOKEN, VOCABULARIES, Desk } from '../pipeline/projection/all-calls.js';
import { disableGlobals } from '../testing/otel-globals.js';
import { Folders } from './resolving.js';
import type { Variables } from './with-variables.js';
import { withVariables } from './with-variables.js';

const CAPTURE = 'OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT';
const AZURE = 'AZURE_TRACING_GEN_AI_CONTENT_RECORDING_ENABLED';

describe('switches of content', () => {
  let warnings: CollectedWarnings;
  const folders = new Folders();

  beforeEach(() => {
    warnings = new CollectedWarnings();
  });
  afterEach(() => {
    warnings.stop();
    folders.remove();
  });

  /** What `status()` says of privacy. */
  function privacyOf(options: TracingOptions, env: Variables = {}): Promise<ReturnType<Tracing['status']>['privacy']> {
    return withVariables(env, async () => {
      const tracing = configureTracing({ logger: warnings.logger, ...options });
      try {
        return tracing.status().privacy;
      } finally {
        await tracing.shutdown();
      }
    });
  }

  const FULL: TracingOptions = { destinations: [{ provider: 'memory', content: 'full' }] };
  const decided = async (env: Variables, options = FULL): Promise<readonly unknown[]> => {
    const { destinations, contentOnSpan } = await privacyOf(options, env);
    const { content, decidedBy } = destinations['memory'] ?? expect.fail('no destination');
    return [content, decidedBy, contentOnSpan];
  };

  for (const word of ['false', '0', 'no', 'off', 'NO_CONTENT', 'no_content', 'False', ' false ']) {
    it(`${CAPTURE}=${word} lowers to none`, async () => {
      expect(await decided({ [CAPTURE]: word })).to.deep.equal(['none', CAPTURE, false]);
      expect(warnings.codes()).to.deep.equal([]);
    });
  }

  for (const word of ['true', '1', 'yes', 'on', 'SPAN_ONLY', 'span_and_event', 'SPAN_AND_EVENT']) {
    it(`${CAPTURE}=${word} leaves the tier and puts content on spans`, async () => {
      expect(await decided({ [CAPTURE]: word })).to.deep.equal(['full', 'code', true]);
      expect(warnings.codes()).to.deep.equal([]);
    });
  }

  for (const word of ['EVENT_ONLY', 'event_only', '', '  ']) {
    it(`${CAPTURE}=${JSON.stringify(word)} is no vote`, async () => {
      expect(await decided({ [CAPTURE]: word })).to.deep.equal(['full', 'code', false]);
      expect(warnings.codes()).to.deep.equal([]);
    });
  }

  for (const [name, word] of [
    [CAPTURE, 'maybe'],
    [AZURE, 'sometimes'],
  ] as const) {
    it(`${name}=${word} counts as the strictest, with a warning that does not quote it`, async () => {
      expect(await decided({ [name]: word })).to.deep.equal(['none', name, false]);
      expect(warnings.codes()).to.deep.equal(['CONFIG_VARIABLE_IGNORED']);
      expect(warnings.seen[0]?.message).to.contain(name).and.not.contain(word);
    });
  }

  it(`${AZURE} lowers and never raises`, async () => {
    expect(await decided({ [AZURE]: 'false' })).to.deep.equal(['none', AZURE, false]);
    expect(await decided({ [AZURE]: 'true' })).to.deep.equal(['full', 'code', false]);
    const none: TracingOptions = { destinations: [{ provider: 'memory', content: 'none' }] };
    expect(await decided({ [AZURE]: 'true', [CAPTURE]: 'true' }, none)).to.deep.equal(['none', 'code', true]);
  });

  for (const key of ['enableContentRecording', 'enable_content_recording'] as const) {
    it(`${key}: false on a destination lowers it alone, true is redacted where content says nothing`, async () => {
      const { destinations } = await privacyOf({
        destinations: [
          { provider: 'memory', name: 'off', content: 'full', [key]: false },
          { provider: 'memory', name: 'on', content: 'digest', [key]: true },
          { provider: 'console', [key]: true },
          { provider: 'memory', name: 'other' },
        ],
      });
      expect(destinations).to.deep.equal({
        off: { content: 'none', decidedBy: key, hidden: [] },
        on: { content: 'digest', decidedBy: 'code', hidden: [] },
        console: { content: 'redacted', decidedBy: 'code', hidden: [] },
        other: { content: 'full', decidedBy: 'default', hidden: [] },
      });
    });
  }

  it('the one that said the strictest first decides; what the option says as strictly stands as its source', async () => {
    expect(await decided({ [CAPTURE]: 'false', [AZURE]: 'false' })).to.deep.equal(['none', CAPTURE, false]);
    const none: TracingOptions = { destinations: [{ provider: 'memory', content: 'none' }] };
    expect(await decided({ [CAPTURE]: 'false' }, none)).to.deep.equal(['none', 'code', false]);
  });

  it('stand over a file as over code', async () => {
    const file = `${folders.make({ 'c.json': JSON.stringify({ ...FULL, contentOnSpan: true }) })}/c.json`;
    expect(await decided({}, { configFile: file })).to.deep.equal(['full', 'file', true]);
    expect(await decided({ [CAPTURE]: 'false' }, { configFile: file })).to.deep.equal(['none', CAPTURE, false]);
    expect(await decided({}, { configFile: file, contentOnSpan: false })).to.deep.equal(['full', 'file', false]);
  });

  it('of a memory destination that says nothing is full, of an otlp one digest', async () => {
    const { destinations } = await privacyOf({
      destinations: [{ provider: 'memory' }, { provider: 'otlp', endpoint: 'http://127.0.0.1:9/v1/traces' }],
    });
    expect(destinations['memory']).to.deep.equal({ content: 'full', decidedBy: 'default', hidden: [] });
    expect(destinations['otlp']).to.deep.equal({ content: 'digest', decidedBy: 'default', hidden: [] });
  });

  describe('contentOnSpan', () => {
    let exporter: InMemorySpanExporter;
    let provider: NodeTracerProvider | undefined;

    afterEach(async () => {
      await provider?.shutdown();
      disableGlobals();
    });

    async function onSpans(options: TracingOptions, env: Variables = {}): Promise<string> {
      return withVariables(env, async () => {
        exporter = new InMemorySpanExporter();
        const ours = createSpanProcessor(options);
        provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter), ours] });
        provider.register();
        await new Desk().everything();
        const seen = exporter.getFinishedSpans().map(({ attributes }) => attributes);
        await provider.shutdown();
        disableGlobals();
        return JSON.stringify(seen);
      });
    }

    it('puts redacted content on the spans of a host', async () => {
      for (const text of [
        await onSpans({ ...FULL, contentOnSpan: true }),
        await onSpans(FULL, { [CAPTURE]: 'SPAN_ONLY' }),
        await onSpans({ destinations: [{ provider: 'memory', content: 'none' }] }, { [CAPTURE]: 'true' }),
      ]) {
        for (const word of ['plover', 'heron', 'lapwing', 'curlew', 'dunlin', 'avocet', 'sanderling']) {
          expect(text).to.contain(`a ${word} of [REDACTED] with [REDACTED]`);
        }
        expect(text).to.not.contain(EMAIL).and.not.contain(TOKEN);
      }
    });

    it('puts none there where anybody says false', async () => {
      for (const text of [
        await onSpans(FULL),
        await onSpans({ ...FULL, contentOnSpan: false }, { [CAPTURE]: 'true' }),
        await onSpans({ ...FULL, contentOnSpan: true }, { [CAPTURE]: 'NO_CONTENT' }),
        await onSpans({ ...FULL, contentOnSpan: true }, { [AZURE]: 'false' }),
      ]) {
        expect(text).to.not.match(/plover|heron|lapwing|curlew|dunlin|avocet|sanderling/);
      }
    });

    it('hides there what switches hide', async () => {
      const text = await onSpans({ ...FULL, contentOnSpan: true }, { OPENINFERENCE_HIDE_INPUTS: 'true' });
      expect(text)
        .to.contain('avocet')
        .and.not.match(/plover|lapwing|dunlin|sanderling/);
    });

    it('leaves the tiers of destinations alone, in every vocabulary', async () => {
      const destinations = VOCABULARIES.flatMap((vocabulary) =>
        (['none', 'digest', 'full'] as const).map((content) => ({
          name: `${content} ${vocabulary}`,
          content,
          vocabulary,
        })),
      );
      const plain = await seenBy(destinations, { digestKey: 'k' });
      const both = await seenBy(destinations, { digestKey: 'k', contentOnSpan: true });
      for (const { name } of destinations) {
        for (const [span, { attributes }] of Object.entries(both[name] ?? {})) {
          const timeless = (given: object): object =>
            Object.fromEntries(Object.entries(given).filter(([key]) => !key.includes('latency')));
          const before = timeless(plain[name]?.[span]?.attributes ?? {});
          expect(timeless(attributes), `${name} ${span}`).to.deep.equal(before);
        }
        expect(textOf(both[name]?.['Desk.work'])).to.not.contain(TOKEN);
      }
    });
  });
});

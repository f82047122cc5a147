import { configureTracing, createSpanProcessor } from 'spanwright';

import type { PipelineProcessor } from '#lib/pipeline/router.js';

import { createRecordOnlySampler, startHost } from './sdk-line.js';
import type { TracingState } from './state.js';
import { here } from './state.js';

const MEMORY = { destinations: [{ provider: 'memory' }] } as const;

/** A provider of the application and nothing of ours but the decorators. */
export const hosted: TracingState = {
  id: 'hosted',
  title: 'inside a provider of the application',
  calls: 'sampled',
  async enter() {
    const host = await startHost();
    return { readers: [host.finished], below: here, leave: host.close };
  },
};

export const hostedWithProcessor: TracingState = {
  id: 'hosted-processor',
  title: 'inside a provider that was given our processor',
  calls: 'sampled',
  async enter() {
    const processor = createSpanProcessor(MEMORY) as PipelineProcessor;
    const host = await startHost({ spanProcessor: processor });
    const ours = () => processor.pipeline?.finishedSpans('memory') ?? [];
    return { readers: [host.finished, ours], below: here, leave: host.close };
  },
};

export const hostedAndConfigured: TracingState = {
  id: 'hosted-configured',
  title: 'inside a provider that tracing was configured beside',
  calls: 'sampled',
  async enter() {
    const host = await startHost();
    const tracing = configureTracing(MEMORY);
    return {
      readers: [host.finished, () => tracing.finishedSpans()],
      below: here,
      endsOpenCalls: true,
      leave: async () => {
        await tracing.shutdown();
        await host.close();
      },
    };
  },
};

/** Spans record, attributes and all, and are nobody's to export. */
export const hostedUnsampled: TracingState = {
  id: 'hosted-unsampled',
  title: 'inside a provider that records and samples nothing',
  calls: 'unsampled',
  async enter() {
    const host = await startHost({ sampler: await createRecordOnlySampler() });
    const tracing = configureTracing(MEMORY);
    return {
      readers: [host.finished, () => tracing.finishedSpans()],
      below: here,
      endsOpenCalls: true,
      leave: async () => {
        await tracing.shutdown();
        await host.close();
      },
    };
  },
};

import { context, trace } from '@opentelemetry/api';
import { expect } from 'chai';
import type { Tracing, TracingOptions } from 'spanwright';
import { configureTracing, withExtractedContext } from 'spanwright';
import { captureSpans } from 'spanwright/testing';

import { registeredGlobals } from '../../testing/otel-globals.js';
import { startUnsampledRoot } from './sdk-line.js';
import type { EnteredState, TracingState } from './state.js';
import { here } from './state.js';

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const UNSAMPLED_CALLER = { traceparent: `00-${TRACE_ID}-b7ad6b7169203331-00` };

function configured(options: TracingOptions = {}): { readonly tracing: Tracing; readonly entered: EnteredState } {
  const tracing = configureTracing({ destinations: [{ provider: 'memory' }], ...options });
  const leave = async (): Promise<void> => {
    await tracing.shutdown();
  };
  return { tracing, entered: { readers: [() => tracing.finishedSpans()], below: here, endsOpenCalls: true, leave } };
}

// Sees to it that nothing that ran before listens still.
function expectNothingRegistered(): void {
  expect(Object.keys(registeredGlobals()), 'registered with OpenTelemetry').deep.equal([]);
}

export const recorded: TracingState = {
  id: 'recorded',
  title: 'while it is recorded',
  calls: 'sampled',
  enter: () => {
    const spans = captureSpans();
    return Promise.resolve({ readers: [() => spans.finished()], below: here, leave: async () => spans.stop() });
  },
};

export const off: TracingState = {
  id: 'off',
  title: 'while tracing is off',
  calls: 'none',
  enter: () => {
    expectNothingRegistered();
    return Promise.resolve({ readers: [], below: here, leave: async () => expectNothingRegistered() });
  },
};

/** Only in a process where no package of the SDK is installed. */
export const withoutSdk: TracingState = {
  id: 'without-sdk',
  title: 'while tracing is configured and no SDK is installed',
  calls: 'none',
  enter: () => {
    const codes: string[] = [];
    const logger = { warn: (warning: unknown) => codes.push((warning as { code: string }).code) };
    const { tracing, entered } = configured({ logger });
    expect(codes).deep.equal(['HOST_SDK_MISSING']);
    expect(tracing.status().state).equal('off');
    expectNothingRegistered();
    return Promise.resolve(entered);
  },
};

export const sampledOut: TracingState = {
  id: 'sampled-out',
  title: 'while it is sampled out',
  calls: 'unsampled',
  enter: () => Promise.resolve(configured({ sampling: { ratio: 0 } }).entered),
};

export const belowUnsampledRoot: TracingState = {
  id: 'unsampled-root',
  title: 'below a root that is not sampled',
  calls: 'unsampled',
  async enter() {
    const root = await startUnsampledRoot();
    return {
      ...configured().entered,
      traceId: root.spanContext().traceId,
      below: (work) => context.with(trace.setSpan(context.active(), root), work),
    };
  },
};

export const belowUnsampledCaller: TracingState = {
  id: 'unsampled-caller',
  title: 'below a caller that is not sampled',
  calls: 'unsampled',
  enter: () =>
    Promise.resolve({
      ...configured().entered,
      traceId: TRACE_ID,
      below: (work) => withExtractedContext(UNSAMPLED_CALLER, work),
    }),
};

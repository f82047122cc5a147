import { SpanStatusCode } from '@opentelemetry/api';
import { getTracer, logFields } from 'spanwright';
import { decoratedCall } from '../decorated-call.js';
import type { Place } from '../trial.js';

function thrower(canary: string): () => never {
  return () => {
    throw new Error(`the hook failed on ${canary}`);
  };
}

/** Places in what goes wrong beside a call, and in spans by hand. */
export const HOOK_PLACES: readonly Place[] = [
  {
    title: 'in the error of a hook',
    run: (trial) => {
      const fail = thrower(trial.text);
      const attributes = trial.decorator === 'Metered' ? {} : { attributes: fail };
      return decoratedCall(trial, {
        options: { ...attributes, spanName: fail, onResult: fail, args: fail, result: fail, links: fail },
      });
    },
  },
  {
    title: 'in the rejection of a hook',
    decorators: ['Traced', 'Task', 'LlmCall'],
    run: (trial) => {
      const reject = (): Promise<never> => Promise.reject(new Error(`the hook failed on ${trial.text}`));
      return decoratedCall(trial, {
        options: { spanName: reject, attributes: reject, onResult: reject, args: reject },
      });
    },
  },
  {
    title: 'in an error that a test of expected errors throws on',
    outcomes: [true],
    run: (trial) =>
      decoratedCall(trial, { options: { expectedErrors: thrower(trial.text) }, error: () => new Error(trial.text) }),
  },
  {
    title: 'in an expected error',
    outcomes: [true],
    run: (trial) =>
      decoratedCall(trial, {
        options: { expectedErrors: [Error] },
        error: () => Object.assign(new Error(trial.text), { name: trial.text }),
      }),
  },
  {
    title: 'in the error of a span by hand inside',
    isGiven: true,
    decorators: ['Traced'],
    run: (trial) =>
      decoratedCall(trial, {
        value: logFields(),
        inside: () => {
          const span = getTracer().startSpan('by hand');
          span.recordException(new Error(`no ${trial.text}`));
          span.setStatus({ code: SpanStatusCode.ERROR, message: trial.text });
          span.updateName(`by hand ${trial.text}`);
          span.end();
        },
      }),
  },
];

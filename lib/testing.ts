export type { CapturedSpans } from './testing/capture.js';
export { captureSpans } from './testing/capture.js';
export { expectNoOpenCalls, expectOneTree } from './testing/expectations.js';
export type { SpanAssertion } from './testing/chai.js';
export { spanwrightChai } from './testing/chai.js';
export type { FinishedEvent, FinishedSpan } from './pipeline/finished-span.js';

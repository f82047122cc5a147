import { warnOnce } from '../core/diagnostics.js';
import { registeredVersion } from './globals.js';
import { nameOf } from './host.js';
import type { Sdk } from './sdk.js';
import { versionOf } from './sdk.js';

/** Says that the host's provider takes no processor: it gets the spans, destinations of ours do not. */
export function sayClosed(host: unknown): void {
  const name = nameOf(host);
  warnOnce(
    {
      code: 'HOST_PROVIDER_CLOSED',
      message: `the application registered a tracer provider (${name}) that takes no further span processor: it gets the spans, destinations of spanwright do not`,
      hint: 'add `createSpanProcessor(options)` of spanwright to its spanProcessors; where it is no OpenTelemetry SDK (Sentry, dd-trace), leave its OpenTelemetry off or use createTracing(options), which makes spans of its own',
    },
    name,
  );
}

/** Says that a second provider was registered after ours, and which one makes the spans now. */
export function saySecond(second: unknown, isAccepted: boolean): void {
  const name = nameOf(second);
  const what = isAccepted
    ? 'it makes the spans from now on, by its own sampler and limits; tracers obtained before stay with the first'
    : 'OpenTelemetry keeps the first, so this one gets no spans';
  warnOnce(
    {
      code: 'HOST_PROVIDER_SECOND',
      message: `a second tracer provider (${name}) was registered after configureTracing(): ${what}`,
      hint: isAccepted
        ? 'register it before configureTracing(), or give it `createSpanProcessor(options)` instead'
        : 'leave its OpenTelemetry off; or register it before configureTracing(): then it gets the spans, and destinations of spanwright do not',
    },
    name,
  );
}

/** Says that another copy of the API refused what we register. */
export function sayRefused(what: string): void {
  warnOnce({
    code: 'HOST_API_MISMATCH',
    message: `two copies of @opentelemetry/api are loaded: the one that registered first, ${registeredVersion()}, refuses the ${what} of spanwright`,
    hint: `npm ls @opentelemetry/api shows both; keep one: npm install @opentelemetry/api@${registeredVersion()}`,
  });
}

/** Says that the API and the SDK are of different lines: SDK 2.x goes with an API below 1.10, SDK 3.x with 1.10. */
export function sayUnfitApi(sdk: Sdk): void {
  const api = registeredVersion();
  const version = versionOf(sdk.resources);
  const minor = Number(api?.split('.')[1]);
  const major = Number(version?.split('.')[0]);
  if (Number.isNaN(minor) || Number.isNaN(major) || (major === 2 ? minor < 10 : minor >= 10)) return;
  warnOnce({
    code: 'HOST_API_MISMATCH',
    message: `@opentelemetry/api ${api} stands beside the SDK ${version}, which is made for ${major === 2 ? 'an API below 1.10' : 'API 1.10'}`,
    hint: `npm install @opentelemetry/api@${major === 2 ? '~1.9.1' : '^1.10.0'}`,
  });
}

import type { Warning } from '../core/diagnostics.js';
import { warnOnce } from '../core/diagnostics.js';
import { registeredVersion } from './globals.js';
import { nameOf } from './host.js';
import type { Sdk } from './sdk.js';
import { isOlderApi, versionOf } from './sdk.js';

/** The host's provider takes no processor: it gets the spans, destinations of ours do not. */
export function closedProvider(host: unknown): Warning {
  return {
    code: 'HOST_PROVIDER_CLOSED',
    message: `the application registered a tracer provider (${nameOf(host)}) that takes no further span processor: it gets the spans, destinations of spanwright do not`,
    hint: 'add `createSpanProcessor(options)` of spanwright to its spanProcessors; where it is no OpenTelemetry SDK (Sentry, dd-trace), leave its OpenTelemetry off and destinations get the spans',
  };
}

/** Says once that a host's provider takes no processor. */
export function sayClosed(host: unknown): void {
  warnOnce(closedProvider(host), nameOf(host));
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

/** The API and the SDK are of different lines: SDK 2.x goes with an API below 1.10, SDK 3.x with 1.10. */
export function unfitApi(sdk: Sdk): Warning | undefined {
  const version = versionOf(sdk.resources);
  const isOlderSdk = version?.startsWith('2.') === true;
  if (version === undefined || isOlderSdk === isOlderApi()) return undefined;
  const wanted = isOlderSdk ? 'below 1.10' : 'from 1.10 on';
  return {
    code: 'HOST_API_MISMATCH',
    message: `the SDK ${version} stands beside an @opentelemetry/api that it is not made for; it wants one ${wanted}`,
    hint: `npm install @opentelemetry/api@${isOlderSdk ? '~1.9.1' : '^1.10.0'}`,
  };
}

/** Says once that API and SDK are of different lines. */
export function sayUnfitApi(sdk: Sdk): void {
  const warning = unfitApi(sdk);
  if (warning !== undefined) warnOnce(warning);
}

import type { CallRecord } from './record.js';

/** A record in which what the user says beats what was found, field by field. */
export function override(found: CallRecord, said: CallRecord | undefined): CallRecord {
  if (said === undefined) return found;
  const { request, response, usage, ...rest } = said;
  return {
    ...found,
    ...rest,
    ...(request === undefined ? {} : { request: { ...found.request, ...request } }),
    ...(response === undefined ? {} : { response: { ...found.response, ...response } }),
    ...(usage === undefined ? {} : { usage: { ...found.usage, ...usage } }),
  };
}

/** A record without the provider's own bill: what a kept answer says of its cost was paid when it was new. */
export function withoutBill(record: CallRecord): CallRecord {
  if (record.cost?.source !== 'provider') return record;
  const { cost: _paid, ...rest } = record;
  return rest;
}

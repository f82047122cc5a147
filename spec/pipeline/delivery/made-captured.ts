import { Captured } from '#lib/pipeline/delivery/captured.js';
import { madeSpan } from '../made-spans.js';

type Ended = ConstructorParameters<typeof Captured>[0];

/** A span that waits, with a text of some characters. */
export function captured(id: number, chars = 0): Captured {
  return new Captured(madeSpan({ id, attributes: { text: 'x'.repeat(chars) } }) as unknown as Ended);
}

/** The names of spans that wait. */
export const namesOf = (entries: readonly Captured[]): string[] => entries.map(({ span }) => span.name);

import { fileURLToPath } from 'node:url';

import type { CommonDestinationOptions, HttpDestinationOptions } from 'spanwright';

import { runForJson } from '../run-program.js';
import type { Addresses } from './destinations.js';
import type { TreeSpan } from './tree.js';

/** What a run of the program sent, and what became of it. */
export interface SentKinds {
  readonly spans: readonly TreeSpan[];
  readonly destinations: Readonly<Record<string, { readonly delivered: number; readonly dropped: object }>>;
}

/** Options that each destination of the run gets. */
export type SentOptions = Pick<CommonDestinationOptions, 'vocabulary'> &
  Pick<HttpDestinationOptions, 'encoding' | 'compression' | 'officialExporter'>;

const PROGRAM = fileURLToPath(new URL('send-kinds.js', import.meta.url));

/** Sends one trace with a call of every kind to these addresses. */
export async function sendKinds(folder: string, addresses: Addresses, options: SentOptions): Promise<SentKinds> {
  return await runForJson<SentKinds>(folder, [PROGRAM, JSON.stringify(addresses), JSON.stringify(options)]);
}

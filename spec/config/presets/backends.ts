import { existsSync, readFileSync } from 'node:fs';

const FILE = '../shared/data/destinations.json';

/** What a page or a source of a backend says, read outside of this repository. */
export interface DocumentedBackend {
  readonly defaultUrl?: string;
  readonly url?: string;
  readonly regions?: Readonly<Record<string, string>>;
  readonly encoding?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, readonly string[]>>;
  readonly resource?: Readonly<Record<string, string>>;
  readonly vocabulary: string;
  readonly content: string;
  readonly limits?: Readonly<Record<string, number>>;
  readonly modes?: Readonly<
    Record<string, { readonly url?: string; readonly headers: Readonly<Record<string, string>> }>
  >;
}

const { about: _about, ...found } = existsSync(FILE)
  ? (JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, unknown>)
  : {};

/** What is documented, by provider; nothing where the file is absent. */
export const documented = found as Readonly<Record<string, DocumentedBackend>>;

/** Skips a suite that has nothing to compare with, and says so. */
export function skipWithoutData(context: Mocha.Context): void {
  if (Object.keys(documented).length > 0) return;
  console.log('      skipped: ../shared/data/destinations.json is absent');
  context.skip();
}

/** Values of every option that a documented text may stand for. */
export const VALUES: Readonly<Record<string, string>> = {
  apiKey: 'key-1',
  publicKey: 'public-1',
  secretKey: 'secret-1',
  project: 'tickets',
  tenant: 'tenant-1',
  experimentId: '42',
  instanceId: '7',
  token: 'token-1',
  region: 'eu-west-2',
  site: 'datadoghq.eu',
};

/** What a documented text such as `Basic base64(<a>:<b>)` stands for. */
export function fill(text: string, values: Readonly<Record<string, string>> = VALUES): string {
  const [template = ''] = text.split(', ');
  return template
    .replaceAll(/<(\w+)>/g, (_all, name: string) => values[name] ?? `no ${name}`)
    .replace(/base64\((.*)\)/, (_all, inner: string) => Buffer.from(inner).toString('base64'));
}

/** The pieces of a connection string of Azure Monitor, names in lower case; nothing where it is none. */
function readPieces(text: string): ReadonlyMap<string, string> | undefined {
  const pieces = trimConnectionString(text)
    .split(';')
    .map((piece) => piece.split('='));
  if (pieces.some((piece) => piece.length !== 2)) return undefined;
  return new Map(pieces.map(([name = '', value = '']) => [name.trim().toLowerCase(), value.trim()]));
}

/** A connection string without what the exporter stumbles over: spaces around it, a semicolon at its end. */
export function trimConnectionString(text: string): string {
  return text.trim().replace(/[;\s]+$/, '');
}

function isUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/**
 * Tells a connection string that Microsoft's exporter takes: pieces with exactly one `=`, an `InstrumentationKey` among
 * them, and an `IngestionEndpoint` that is a URL if there is one.
 */
export function isConnectionString(value: unknown): value is string {
  if (typeof value !== 'string') return false;
  const pieces = readPieces(value);
  const endpoint = pieces?.get('ingestionendpoint') ?? '';
  return (pieces?.get('instrumentationkey') ?? '') !== '' && (endpoint === '' || isUrl(endpoint));
}

/** Where a connection string sends to; the public cloud where it says nothing. */
export function ingestionEndpoint(connectionString: string): string {
  const endpoint = readPieces(connectionString)?.get('ingestionendpoint') ?? '';
  return isUrl(endpoint) ? endpoint : 'https://dc.services.visualstudio.com';
}

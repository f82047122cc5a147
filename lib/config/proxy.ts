import { isLoopback } from './endpoint.js';
import type { Resolution } from './resolution.js';

interface Named {
  readonly name: string;
  readonly text: string;
}

// Programs differ in which case goes first; curl, Go and Python agree on the lower one.
function find(resolution: Resolution, name: string): Named | undefined {
  for (const one of [name.toLowerCase(), name]) {
    const text = resolution.variable(one);
    if (text !== undefined) return { name: one, text };
  }
  return undefined;
}

/** `host`, `.host` and `*.host` stand for a host and all below it, `host:8080` for one port of it, `*` for all. */
function covers(entry: string, { hostname, port, protocol }: URL): boolean {
  if (entry === '*') return true;
  const [, name = '', entryPort] = /^(.*?)(?::(\d+))?$/.exec(entry.replace(/^\*?\./, '')) ?? [];
  if (name === '') return false;
  const ownPort = port === '' ? (protocol === 'https:' ? '443' : '80') : port;
  if (entryPort !== undefined && entryPort !== ownPort) return false;
  return hostname === name || hostname.endsWith(`.${name}`);
}

function isExcepted(resolution: Resolution, url: URL): boolean {
  const entries = (find(resolution, 'NO_PROXY')?.text ?? '').toLowerCase().split(/[\s,]+/);
  return entries.some((entry) => covers(entry, url));
}

/** The URL of the proxy through which an endpoint is reached; none for this machine. Never throws. */
export function resolveProxy(resolution: Resolution, endpoint: string): string | undefined {
  const url = new URL(endpoint);
  if (isLoopback(endpoint)) return undefined;
  const named = find(resolution, url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY');
  if (named === undefined || isExcepted(resolution, url)) return undefined;
  const text = named.text.includes('://') ? named.text : `http://${named.text}`;
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  resolution.warnings.push({
    code: 'CONFIG_VARIABLE_IGNORED',
    message: `${named.name} holds no http(s) URL, so what it is for is reached without a proxy`,
    hint: 'known are http and https, as in http://proxy:3128',
  });
  return undefined;
}

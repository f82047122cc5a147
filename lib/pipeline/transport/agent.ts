import type { Agent, AgentOptions } from 'node:http';
import type { ClientSettings } from '../settings.js';
import { makeTunnelAgent } from './tunnel.js';

// As long as the older designs kept connections.
const KEEP_ALIVE_MS = 30_000;

/** Makes the agent that keeps connections to one backend, through a proxy where the environment names one. */
export async function makeAgent(
  url: URL,
  { maxSockets, tls, proxy, connectTimeoutMs }: ClientSettings,
): Promise<Agent> {
  const options: AgentOptions = {
    keepAlive: true,
    maxSockets,
    maxFreeSockets: maxSockets,
    timeout: KEEP_ALIVE_MS,
    scheduling: 'lifo',
  };
  if (proxy !== undefined) {
    const isSecure = url.protocol === 'https:';
    return await makeTunnelAgent(options, { proxy, isSecure, tls, connectTimeoutMs });
  }
  if (url.protocol === 'http:') return new (await import('node:http')).Agent(options);
  return new (await import('node:https')).Agent({ ...options, ...tls });
}

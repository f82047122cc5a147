import { isStreamed } from '../../core/capture.js';
import { GEN_AI } from '../../genai/vocabularies/gen-ai-names.js';
import type { GatePass } from '../../privacy/gate.js';
import type { Content } from './content-fields.js';
import { pathOf } from './content-fields.js';
import { gateStream } from './gate-stream.js';

// The one key of content that the user names.
function gateKey(key: string, pass: GatePass): string {
  const { promptVariable } = GEN_AI;
  return key.startsWith(promptVariable) ? promptVariable + pass.text(key.slice(promptVariable.length)) : key;
}

// Two names that became one mark both stay.
function freeKey(key: string, taken: Content): string {
  let free = key;
  for (let copy = 2; Object.hasOwn(taken, free); copy++) free = `${key}#${copy}`;
  return free;
}

/** Content as it may leave. */
export function gateContent(content: Content, pass: GatePass): Content {
  const shown: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(content)) {
    const path = pathOf(key);
    shown[freeKey(gateKey(key, pass), shown)] = isStreamed(content, key)
      ? gateStream(value, pass, path)
      : pass.value(value, path);
  }
  return shown;
}

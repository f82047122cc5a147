import type { Attributes } from '@opentelemetry/api';
import type { CallArguments, CallTarget } from '../calls/facet.js';
import { guarded, refusePromise } from '../core/guard.js';
import type { CallMessages } from '../genai/record.js';
import { GEN_AI } from '../genai/vocabularies/gen-ai-names.js';
import type { PromptReference } from './model-options.js';

/** Messages under the names by which content is kept beside a span. */
export function contentFields(messages: CallMessages): Record<string, unknown> {
  const { system, input, output, tools, query, documents, texts } = messages;
  return {
    ...(system === undefined ? {} : { [GEN_AI.systemInstructions]: system }),
    ...(input === undefined ? {} : { [GEN_AI.inputMessages]: input }),
    ...(output === undefined ? {} : { [GEN_AI.outputMessages]: output }),
    ...(tools === undefined ? {} : { [GEN_AI.toolDefinitions]: tools }),
    ...(query === undefined ? {} : { [GEN_AI.retrievalQuery]: query }),
    ...(documents === undefined ? {} : { [GEN_AI.retrievalDocuments]: documents }),
    ...(texts === undefined ? {} : { [GEN_AI.embeddingTexts]: texts }),
  };
}

/** The prompt that the option names or makes; undefined where it is no prompt. */
export function promptOf(option: unknown, self: unknown, args: CallArguments): PromptReference | undefined {
  const made =
    typeof option === 'function'
      ? guarded('HOOK_ATTRIBUTES', () => refusePromise(Reflect.apply(option, self, args) as unknown))
      : option;
  const prompt = made as Partial<PromptReference> | null | undefined;
  return typeof prompt?.name === 'string' ? (prompt as PromptReference) : undefined;
}

/** Writes where a prompt came from; its variables are content. */
export function writePrompt(call: CallTarget, prompt: PromptReference | undefined): void {
  if (prompt === undefined) return;
  const attributes: Attributes = { [GEN_AI.promptName]: prompt.name };
  if (prompt.version !== undefined) attributes[GEN_AI.promptVersion] = prompt.version;
  call.setAttributes(attributes);
  for (const [name, value] of Object.entries(prompt.variables ?? {})) {
    call.capture(`${GEN_AI.promptVariable}${name}`, value);
  }
}

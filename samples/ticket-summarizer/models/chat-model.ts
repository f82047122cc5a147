import type { ModelProvider } from '../command-line.js';
import type { Prompt } from '../prompt.js';
import { InputError } from '../sample-error.js';

/** One vendor's model behind its own client. */
export interface ChatModel extends AsyncDisposable {
  /** Gives the text of the answer; streamed where the vendor's client can and it is asked to. */
  ask(prompt: Prompt, stream: boolean): Promise<string>;
}

/** What the command line and the environment say of the model. */
export interface ModelSettings {
  /** Absent: the provider's default. */
  readonly model?: string;
  readonly env: NodeJS.ProcessEnv;
  /** The folder of the recorded exchanges. */
  readonly exchanges: string;
}

export type ConnectModel = (settings: ModelSettings) => ChatModel | Promise<ChatModel>;

/** How long a call to a model may take. */
export const TIMEOUT_MS = 60_000;

/** Reads the variables that a provider cannot do without; an `InputError` names those that are missing. */
export function readVariables<Name extends string>(
  provider: ModelProvider,
  env: NodeJS.ProcessEnv,
  ...names: readonly Name[]
): Record<Name, string> {
  const missing = names.filter((name) => !env[name]);
  if (missing.length > 0) throw new InputError(`--model-provider ${provider}: set ${missing.join(', ')}`);
  return Object.fromEntries(names.map((name) => [name, env[name]])) as Record<Name, string>;
}

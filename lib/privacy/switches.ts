import { type ContentTier, strictest } from './tiers.js';

/** A part of content that a variable can hide: whole inputs and outputs, or what stands in them. */
export type HiddenField =
  | 'inputs'
  | 'inputMessages'
  | 'inputText'
  | 'inputImages'
  | 'prompts'
  | 'outputs'
  | 'outputMessages'
  | 'outputText'
  | 'choices'
  | 'toolDefinitions'
  | 'invocationParameters'
  | 'embeddingText'
  | 'embeddingVectors';

/** What one source says about content. */
export interface ContentVote {
  /** The name of the variable or option. */
  readonly source: string;
  /** The most that may be shown; none where the source does not limit it. */
  readonly tier?: ContentTier;
  readonly hidden?: readonly HiddenField[];
  /** Asks for content, at most at tier `redacted`, on the span itself. */
  readonly contentOnSpan?: boolean;
  /** The source holds a word that is not known; it counts as the strictest that the source can say. */
  readonly isUnknown?: boolean;
}

/** What all sources together say: nobody raises what another one lowered. */
export interface ContentSwitches {
  /** The strictest tier that somebody named; none where nobody did. */
  readonly tier?: ContentTier;
  readonly hidden: ReadonlySet<string>;
  /** Somebody asks for it, and the tier is not `none`. */
  readonly contentOnSpan: boolean;
  /** Who named the tier, the first of several; without a tier, who asked for content on the span. */
  readonly decidedBy: string | undefined;
  /** The sources that hold a word that is not known. */
  readonly unknown: readonly string[];
}

const CAPTURE = 'OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT';
// The option of older tools, and the variable that Azure's clients still read.
const RECORDING = ['enable_content_recording', 'AZURE_TRACING_GEN_AI_CONTENT_RECORDING_ENABLED'];

const ON = new Set(['true', '1', 'yes', 'on']);
const OFF = new Set(['false', '0', 'no', 'off']);
const ON_SPAN = new Set(['span_only', 'span_and_event']);

const INPUT_MESSAGES: readonly HiddenField[] = ['inputMessages', 'inputText', 'inputImages', 'embeddingText'];
const OUTPUT_MESSAGES: readonly HiddenField[] = ['outputMessages', 'outputText'];
const VECTORS: readonly HiddenField[] = ['embeddingVectors'];

// OpenInference, spec/configuration.md and the trace configuration of its Python package (read 2026-11-21). Where
// versions of it differ, this is all that any of them hides.
const HIDE: Readonly<Record<string, readonly HiddenField[]>> = {
  OPENINFERENCE_HIDE_INPUTS: ['inputs', ...INPUT_MESSAGES, 'prompts', 'toolDefinitions'],
  OPENINFERENCE_HIDE_OUTPUTS: ['outputs', ...OUTPUT_MESSAGES, 'choices'],
  OPENINFERENCE_HIDE_INPUT_MESSAGES: INPUT_MESSAGES,
  OPENINFERENCE_HIDE_OUTPUT_MESSAGES: OUTPUT_MESSAGES,
  OPENINFERENCE_HIDE_INPUT_TEXT: ['inputText', 'embeddingText'],
  OPENINFERENCE_HIDE_OUTPUT_TEXT: ['outputText'],
  OPENINFERENCE_HIDE_INPUT_IMAGES: ['inputImages'],
  OPENINFERENCE_HIDE_PROMPTS: ['prompts'],
  OPENINFERENCE_HIDE_LLM_PROMPTS: ['prompts'],
  OPENINFERENCE_HIDE_CHOICES: ['choices'],
  OPENINFERENCE_HIDE_LLM_TOOLS: ['toolDefinitions'],
  OPENINFERENCE_HIDE_LLM_INVOCATION_PARAMETERS: ['invocationParameters'],
  OPENINFERENCE_HIDE_EMBEDDINGS_TEXT: ['embeddingText'],
  OPENINFERENCE_HIDE_EMBEDDINGS_VECTORS: VECTORS,
  OPENINFERENCE_HIDE_EMBEDDING_VECTORS: VECTORS,
};

/** The names that `readContentVotes` looks at. */
export const CONTENT_SWITCHES: readonly string[] = [CAPTURE, ...RECORDING, ...Object.keys(HIDE)];

/** Values by name, as in an environment; options may be booleans. */
export type SwitchValues = Readonly<Record<string, string | boolean | undefined>>;

// Empty is the same as not set.
function wordOf(values: SwitchValues, name: string): string | undefined {
  const value: unknown = Object.hasOwn(values, name) ? values[name] : undefined;
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'string' ? value.trim().toLowerCase() || undefined : undefined;
}

function readCapture(source: string, word: string): ContentVote | undefined {
  if (ON.has(word) || ON_SPAN.has(word)) return { source, contentOnSpan: true };
  // Content on events, of which there are none here: nothing is asked of the span and nothing of destinations.
  if (word === 'event_only') return undefined;
  return { source, tier: 'none', isUnknown: !OFF.has(word) && word !== 'no_content' };
}

function readRecording(source: string, word: string): ContentVote | undefined {
  return ON.has(word) ? undefined : { source, tier: 'none', isUnknown: !OFF.has(word) };
}

function readHide(source: string, word: string): ContentVote | undefined {
  return OFF.has(word) ? undefined : { source, hidden: HIDE[source] ?? [], isUnknown: !ON.has(word) };
}

/** Reads the votes of the switches of other tools, in any case of letters; none of them raises a tier. */
export function readContentVotes(values: SwitchValues): ContentVote[] {
  return CONTENT_SWITCHES.flatMap((name) => {
    const word = wordOf(values, name);
    if (word === undefined) return [];
    const read = name === CAPTURE ? readCapture : RECORDING.includes(name) ? readRecording : readHide;
    return read(name, word) ?? [];
  });
}

/** Combines votes, those of the switches and any others; their order matters only for who is named among equals. */
export function combineVotes(votes: readonly ContentVote[]): ContentSwitches {
  const tier = strictest(...votes.map((vote) => vote.tier));
  const asking = tier === 'none' ? undefined : votes.find((vote) => vote.contentOnSpan === true);
  const deciding = tier === undefined ? asking : votes.find((vote) => vote.tier === tier);
  return {
    ...(tier === undefined ? {} : { tier }),
    hidden: new Set(votes.flatMap((vote) => vote.hidden ?? [])),
    contentOnSpan: asking !== undefined,
    decidedBy: deciding?.source,
    unknown: votes.filter((vote) => vote.isUnknown === true).map((vote) => vote.source),
  };
}

import { deltaChunk } from '../../../genai/made-streams.js';
import { decoratedCall } from '../decorated-call.js';
import type { Place, Trial } from '../trial.js';

const LONG_CHARS = 100_000;
const FILLER = 'All is well. ';

/** The canary again and again, so that wherever a text is cut it is cut inside of one. */
function repeated({ text }: Trial, chars = LONG_CHARS): string {
  return `${text} `.repeat(Math.ceil(chars / (text.length + 1)));
}

/** A text in which the canary's secret part has its middle at this position. */
function across({ text, parts }: Trial, position: number): string {
  const [part = ''] = parts;
  const before = position - text.indexOf(part) - Math.floor(part.length / 2);
  const filler = FILLER.repeat(Math.ceil(Math.max(0, before) / FILLER.length));
  return `${filler.slice(filler.length - Math.max(0, before - 1))} ${text} ${FILLER}`;
}

// What texts, names and descriptions are cut at, here and elsewhere.
const CUTS = [128, 200, 256, 1024, 4096, 8192, 32_768, 65_536, 69_632];

/** Places where a limit cuts, in the middle of the canary. */
export const LIMIT_PLACES: readonly Place[] = [
  {
    title: 'again and again in a long text',
    decorators: ['Traced', 'ToolCall', 'LlmCall', 'RetrievalCall'],
    run: (trial) => decoratedCall(trial, { value: repeated(trial) }),
  },
  {
    title: 'again and again in a long list',
    decorators: ['Traced', 'AgentCall', 'LlmCall'],
    run: (trial) => decoratedCall(trial, { value: Array.from({ length: 6000 }, () => ({ note: trial.text })) }),
  },
  {
    title: 'again and again in a stream',
    decorators: ['LlmCall', 'Traced'],
    outcomes: [false],
    run: (trial) =>
      decoratedCall(trial, {
        args: [{ model: 'gpt-4o-mini', stream: true, messages: [{ role: 'user', content: 'Hello' }] }],
        result: async function* chunks() {
          for (const piece of repeated(trial, 20_000).match(/[^]{1,50}/g) ?? []) yield deltaChunk({ content: piece });
          yield deltaChunk({}, 'stop');
        },
      }),
  },
  ...CUTS.map((cut): Place => ({
    title: `across character ${cut} of a text`,
    decorators: ['Traced', 'LlmCall', 'ToolCall'],
    run: (trial) => decoratedCall(trial, { value: across(trial, cut) }),
  })),
  ...[128, 200, 256, 1024].map((cut): Place => ({
    title: `across character ${cut} of names and descriptions`,
    decorators: ['Task', 'Workflow', 'AgentCall', 'ToolCall', 'Remediation'],
    run: (trial) => {
      const text = across(trial, cut);
      const described = trial.decorator === 'Remediation' ? { strategy: () => text, trigger: () => text } : {};
      const named = trial.decorator === 'Remediation' ? {} : { description: () => text };
      return decoratedCall(trial, { options: { spanName: () => text, ...described, ...named } });
    },
  })),
];

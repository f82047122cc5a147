import {
  BedrockRuntimeClient,
  ConverseCommand,
  InvokeModelCommand,
  type InvokeModelCommandInput,
} from '@aws-sdk/client-bedrock-runtime';

import type { CallRecord } from '#lib/genai/record.js';
import type { ClientCase } from '../client-case.js';
import { exchangeOfTexts, guarded, weatherOfTwoCities } from './bedrock-expected.js';
import { PlainHttpHandler } from './plain-http-handler.js';

/** The client of the AWS SDK at a replay. */
export function clientAt(url: string): BedrockRuntimeClient {
  return new BedrockRuntimeClient({
    region: 'us-east-1',
    endpoint: url,
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
    maxAttempts: 1,
    requestHandler: new PlainHttpHandler(),
  });
}

type Body = Record<string, unknown>;

/** A method that takes a command, as `client.send` does. */
function asCommand(modelId: string): (body: Body) => object {
  return (body) => new InvokeModelCommand({ modelId, contentType: 'application/json', body: JSON.stringify(body) });
}

/** A method that takes the input and makes the command of it; the body in bytes, as the wire has it. */
function asInput(modelId: string): (body: Body) => object {
  return (body) => ({ modelId, body: new TextEncoder().encode(JSON.stringify(body)) });
}

function invokeCase(number: string, request: ClientCase['request'], expected: CallRecord): ClientCase {
  return {
    exchange: `bedrock-${number}`,
    client: '@aws-sdk/client-bedrock-runtime',
    endpoint: 'bedrock.invoke_model',
    request,
    call: (url, argument) => {
      const command =
        argument instanceof InvokeModelCommand ? argument : new InvokeModelCommand(argument as InvokeModelCommandInput);
      return clientAt(url).send(command);
    },
    expected: { provider: 'aws.bedrock', ...expected },
  };
}

/** Every recording of Bedrock, each with what InvokeModel says of it but 08, which is of Converse. */
export const bedrockCases: readonly ClientCase[] = [
  invokeCase('01', asCommand('ai21.j2-mid-v1'), {
    operation: 'text_completion',
    request: { model: 'ai21.j2-mid-v1', maxTokens: 200, temperature: 0.5, topP: 0.5 },
    response: { id: '1234', finishReasons: ['endoftext'] },
    messages: exchangeOfTexts(
      "Translate to spanish: 'Amazon Bedrock is the easiest way to build andscale generative AI applications with base models (FMs)'.",
      "\n'Amazon Bedrock es la manera más fácil de construir y escalado de aplicaciones generatives de AI con modelos base (FMs)'.",
      'stop',
    ),
  }),
  invokeCase('02', asInput('amazon.titan-text-express-v1'), {
    operation: 'text_completion',
    request: { model: 'amazon.titan-text-express-v1', maxTokens: 200, temperature: 0.5, topP: 0.5 },
    response: { finishReasons: ['FINISH'] },
    usage: { inputTokens: 9, outputTokens: 17 },
    messages: exchangeOfTexts(
      'Tell me a joke about opentelemetry',
      '\nWhat do you call a bear with no teeth?\nA gummy bear.',
      'stop',
    ),
  }),
  invokeCase('03', asCommand('anthropic.claude-3-5-haiku-20241022-v1:0'), {
    operation: 'chat',
    request: {
      model: 'anthropic.claude-3-5-haiku-20241022-v1:0',
      maxTokens: 50,
      temperature: 0.1,
      topP: 0.1,
      topK: 250,
      stopSequences: ['stop'],
    },
    response: {
      id: 'msg_bdrk_01FmwvNC1ksCq1T8tjvgUdDB',
      model: 'claude-3-5-haiku-20241022',
      finishReasons: ['max_tokens'],
    },
    usage: { inputTokens: 18135, outputTokens: 50, cacheReadTokens: 0, cacheWriteTokens: 18131 },
    messages: {
      system: [{ type: 'text', content: 'very very long system prompt' }],
      ...exchangeOfTexts(
        'How do I write js?',
        "I'll provide a comprehensive overview of writing JavaScript with some practical examples and best practices.\n\n<Thinking>\nI'll break down JavaScript fundamentals into several key areas:\n1. Basic syntax and structure\n2. Variables and data types",
        'length',
      ),
    },
  }),
  invokeCase('04', asInput('cohere.command-r-v1:0'), {
    operation: 'chat',
    request: {
      model: 'cohere.command-r-v1:0',
      maxTokens: 10,
      temperature: 0.8,
      topP: 0.99,
      stopSequences: ['|'],
    },
    response: { id: '379ed018/aa2df2bf-edc8-483f-8cd0-d22d04ba34ba', finishReasons: ['MAX_TOKENS'] },
    messages: exchangeOfTexts('Say this is a test', 'This is a test. How are you doing today', 'length'),
  }),
  invokeCase('05', asCommand('anthropic.claude-3-haiku-20240307-v1:0'), {
    operation: 'chat',
    request: { model: 'anthropic.claude-3-haiku-20240307-v1:0', maxTokens: 1024 },
    response: {
      id: 'msg_bdrk_01My5iqbGec6Tx5Hj3f9ixA5',
      model: 'claude-3-haiku-20240307',
      finishReasons: ['end_turn'],
    },
    usage: { inputTokens: 17, outputTokens: 158 },
    messages: exchangeOfTexts(
      'Tell me a joke about OpenTelemetry',
      `Okay, here's an OpenTelemetry-themed joke for you:

Why did the developer add OpenTelemetry to their codebase? To trace their bugs back to the source!

You see, OpenTelemetry is an open-source observability framework that helps developers collect, process, and export telemetry data (such as metrics, logs, and traces) from their applications. The joke plays on the idea that tracing and observability are key features of OpenTelemetry, which can help developers find and fix bugs more easily.

I hope you found that at least mildly amusing! Let me know if you'd like to hear another OpenTelemetry or software engineering-themed joke.`,
      'stop',
    ),
  }),
  invokeCase('06', asInput('anthropic.claude-3-sonnet-20240229-v1:0'), {
    operation: 'chat',
    request: { model: 'anthropic.claude-3-sonnet-20240229-v1:0', maxTokens: 200, temperature: 0.5 },
    response: {
      id: 'msg_bdrk_01WR9VHqpyBzBhzgwCDapaQD',
      model: 'claude-3-sonnet-20240229',
      finishReasons: ['end_turn'],
    },
    usage: { inputTokens: 16, outputTokens: 19 },
    messages: exchangeOfTexts(
      'Tell me a joke about opentelemetry',
      'Why did the distributed trace cross the road? To get to the other service!',
      'stop',
    ),
  }),
  invokeCase('07', asCommand('us.anthropic.claude-3-5-sonnet-20240620-v1:0'), {
    operation: 'chat',
    request: { model: 'us.anthropic.claude-3-5-sonnet-20240620-v1:0', maxTokens: 1000 },
    response: {
      id: 'msg_bdrk_01CTxAJ2MbeWdBb3r5SAyprB',
      model: 'claude-3-5-sonnet-20240620',
      finishReasons: ['end_turn'],
    },
    usage: { inputTokens: 604, outputTokens: 149 },
    messages: weatherOfTwoCities,
  }),
  {
    exchange: 'bedrock-08',
    client: '@aws-sdk/client-bedrock-runtime',
    endpoint: 'bedrock.converse',
    request: (body) => new ConverseCommand({ modelId: 'amazon.titan-text-express-v1', ...body }),
    call: (url, command) => clientAt(url).send(command as ConverseCommand),
    expected: guarded,
  },
  invokeCase('09', asInput('mistral.mistral-7b-instruct-v0:2'), {
    operation: 'text_completion',
    request: {
      model: 'mistral.mistral-7b-instruct-v0:2',
      maxTokens: 10,
      temperature: 0.8,
      topP: 1,
      stopSequences: ['|'],
    },
    response: { finishReasons: ['length'] },
    messages: exchangeOfTexts('Say this is a test', ' to find out whether you think an animal is cute', 'length'),
  }),
  invokeCase('10', asCommand('anthropic.claude-v2:1'), {
    operation: 'text_completion',
    request: { model: 'anthropic.claude-v2:1', maxTokens: 200, temperature: 0.5 },
    response: { finishReasons: ['stop_sequence'] },
    messages: exchangeOfTexts(
      'Human: Tell me a joke about opentelemetry Assistant:',
      ` Here's a silly joke about opentelemetry:

What do you call an open source observability framework that keeps track of traces and spans?
OpenTele-metry!

I tried to come up with a pun by playing on the name "opentelemetry." Hopefully it gives you a quick laugh! Let me know if you'd like to hear another joke or have a different request.`,
      'stop',
    ),
  }),
];

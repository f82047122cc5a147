import type { CallMessages, CallRecord } from '#lib/genai/record.js';

/** One question and one answer, both of text. */
export function exchangeOfTexts(question: string, answer: string, finishReason: string): CallMessages {
  return {
    input: [{ role: 'user', parts: [{ type: 'text', content: question }] }],
    output: [{ role: 'assistant', parts: [{ type: 'text', content: answer }], finish_reason: finishReason }],
  };
}

/** A Converse answer that a guardrail rewrote. */
export const guarded: CallRecord = {
  operation: 'chat',
  provider: 'aws.bedrock',
  request: { model: 'amazon.titan-text-express-v1', guardrailId: '5zwrmdlsra2e' },
  response: { finishReasons: ['guardrail_intervened'] },
  usage: { inputTokens: 28, outputTokens: 26, totalTokens: 54 },
  messages: {
    input: [
      {
        role: 'user',
        parts: [
          { type: 'text', content: 'Tokyo is the capital of Japan 1234561666.' },
          { type: 'text', content: 'What is the capital of Japan?' },
        ],
      },
    ],
    output: [
      {
        role: 'assistant',
        parts: [
          {
            type: 'text',
            content:
              '{ADDRESS} is the capital of {ADDRESS}.\u00a0Is there anything else you would like to know about {ADDRESS} or {ADDRESS}?',
          },
        ],
        finish_reason: 'content_filter',
      },
    ],
  },
};

/** The last turn of a conversation with a tool. */
export const weatherOfTwoCities: CallMessages = {
  input: [
    {
      role: 'user',
      parts: [
        {
          type: 'text',
          content:
            'What is the weather in Seattle and San Francisco today? Please expect one tool call for Seattle and one for San Francisco',
        },
      ],
    },
    {
      role: 'assistant',
      parts: [
        {
          type: 'text',
          content:
            "Certainly! I'll check the current weather for both Seattle and San Francisco using the available tool. I'll make two separate calls to the get_current_weather function, one for each city.",
        },
        {
          type: 'tool_call',
          id: 'toolu_bdrk_019pyFnRNCLD8eRrPFryV45k',
          name: 'get_current_weather',
          arguments: { location: 'Seattle' },
        },
        {
          type: 'tool_call',
          id: 'toolu_bdrk_01DtdjkUePw2E5bVHGifpu3j',
          name: 'get_current_weather',
          arguments: { location: 'San Francisco' },
        },
      ],
    },
    {
      role: 'user',
      parts: [
        {
          type: 'tool_call_response',
          id: 'toolu_bdrk_019pyFnRNCLD8eRrPFryV45k',
          response: '50 degrees and raining',
        },
        { type: 'tool_call_response', id: 'toolu_bdrk_01DtdjkUePw2E5bVHGifpu3j', response: '70 degrees and sunny' },
      ],
    },
  ],
  output: [
    {
      role: 'assistant',
      parts: [
        {
          type: 'text',
          content: `Thank you for providing the weather information for both cities. Here's the current weather for Seattle and San Francisco today:

1. Seattle: The current weather in Seattle is 50 degrees and raining.
2. San Francisco: The current weather in San Francisco is 70 degrees and sunny.

As you can see, there's quite a difference in the weather between these two West Coast cities today. Seattle is experiencing cooler temperatures with rain, which is fairly typical for the Pacific Northwest. On the other hand, San Francisco is enjoying a warm, sunny day, which is pleasant for outdoor activities.

Is there anything else you'd like to know about the weather in these cities or any other locations?`,
        },
      ],
      finish_reason: 'stop',
    },
  ],
  tools: [
    {
      type: 'function',
      name: 'get_current_weather',
      description: 'Get the current weather in a given location.',
      parameters: {
        type: 'object',
        properties: { location: { type: 'string', description: 'The name of the city' } },
        required: ['location'],
      },
    },
  ],
};

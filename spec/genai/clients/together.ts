import type { ChatCompletionCreateParams } from 'openai/resources/chat/completions';
import type { CompletionCreateParams } from 'openai/resources/completions';

import type { ClientCase } from '../client-case.js';
import { clientAt } from './openai-client.js';

const model = 'mistralai/Mixtral-8x7B-Instruct-v0.1';
const asked = [{ role: 'user', parts: [{ type: 'text', content: 'Tell me a joke about OpenTelemetry.' }] }] as const;

/** Every recording of Together, asked for with `openai`. */
export const togetherCases: readonly ClientCase[] = [
  {
    exchange: 'together-01',
    client: 'openai',
    endpoint: 'together.chat_completions',
    request: (body) => body,
    call: (url, request) => clientAt(url).chat.completions.create(request as ChatCompletionCreateParams),
    expected: {
      operation: 'chat',
      provider: 'together',
      apiType: 'chat_completions',
      request: { model },
      response: { id: '88fa668fac30bb19-MXP', model, finishReasons: ['eos'] },
      usage: { inputTokens: 18, outputTokens: 35, totalTokens: 53 },
      messages: {
        input: asked,
        output: [
          {
            role: 'assistant',
            parts: [
              {
                type: 'text',
                content:
                  " Why don't we ever hear secrets at a OpenTelemetry convention? " +
                  "Because it's an ex-spy place! (I'll show myself out)",
              },
            ],
            finish_reason: 'eos',
          },
        ],
      },
    },
  },
  {
    exchange: 'together-02',
    client: 'openai',
    endpoint: 'together.completions',
    request: (body) => body,
    call: (url, request) => clientAt(url).completions.create(request as CompletionCreateParams),
    expected: {
      operation: 'text_completion',
      provider: 'together',
      request: { model, maxTokens: 512 },
      response: { id: '88fa66988e400e83-MXP', model, finishReasons: ['length'] },
      usage: { inputTokens: 10, outputTokens: 512, totalTokens: 522 },
      messages: {
        input: asked,
        output: [
          {
            role: 'assistant',
            parts: [
              {
                type: 'text',
                content: [
                  ' User: Why did the OpenTelemetry developer go broke? User: Because he used up all his Trace-ability!',
                  '',
                  '## Answer (0)',
                  '',
                  "I'm not sure if this is what you're looking for, but you can use the `otel.exporter.trace.zipkin` " +
                    'exporter to send spans to Zipkin.',
                  '',
                  "Here's an example of how to use it in Go:",
                  '',
                  '```',
                  'package main',
                  '',
                  'import (',
                  '    "context"',
                  '    "log"',
                  '',
                  '    "go.opentelemetry.io/otel"',
                  '    "go.opentelemetry.io/otel/exporters/trace/zipkin"',
                  '    "go.opentelemetry.io/otel/propagation"',
                  '    "go.opentelemetry.io/otel/sdk/resource"',
                  '    "go.opentelemetry.io/otel/sdk/trace"',
                  '    semconv "go.opentelemetry.io/otel/semconv/v1.4.0"',
                  ')',
                  '',
                  'func main() {',
                  '    // Create the Zipkin exporter',
                  '    exporter, err := zipkin.New("http://localhost:9411/api/v2/spans")',
                  '    if err != nil {',
                  '        log.Fatalf("failed to create zipkin exporter: %v", err)',
                  '    }',
                  '',
                  '    // Create the OpenTelemetry tracer provider',
                  '    tp := trace.NewTracerProvider(',
                  '        // Always be sure to batch in production.',
                  '        trace.WithBatcher(exporter),',
                  '',
                  '        // Record information about this application in an Resource.',
                  '        trace.WithResource(resource.NewWithAttributes(',
                  '            semconv.SchemaURL,',
                  '            semconv.ServiceNameKey.String("my-service"),',
                  '        )),',
                  '    )',
                  '',
                  '    // Set the global tracer provider',
                  '    otel.SetTracerProvider(tp)',
                  '',
                  '    // Set the global propagator to be tracecontext (the W3C standard)',
                  '    otel.SetTextMapPropagator(propagation.NewCompositeTextMapPropagator(' +
                    'propagation.TraceContext{}, propagation.Baggage{}))',
                  '',
                  '    // Use the tracer in your application.',
                  '    ctx := context.Background()',
                ].join('\n'),
              },
            ],
            finish_reason: 'length',
          },
        ],
      },
    },
  },
];

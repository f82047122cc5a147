/** Whether content went to a model, a tool or a store, or came back. */
export type ContentSide = 'input' | 'output';

// Content under the names of other conventions and tools, each with all that stands below it (`x`, `x.0.y`, `x[0]`).
// Read 2026-11-21 in their packages, and in what Langfuse and LangSmith read of them.
const INPUT = [
  // The conventions: older names, those of Sentry, and what stays an attribute because it cannot be understood.
  'gen_ai.(?:prompt|input|system_instructions|event.content|tool.(?:message|input|definitions|call.arguments))',
  'gen_ai.(?:request.(?:messages|available_tools)|embeddings.input|task.input|memory.(?:query.text|records))',
  'gen_ai.retrieval.query.text',
  'spanwright.(?:arguments|embedding.texts)',
  // OpenInference: Phoenix, Arize, smolagents, Agno.
  'input.(?:value|audio|images?)',
  'llm.(?:input_messages|prompts?|tools|prompt_template.(?:template|variables)|invocation_parameters)',
  'message.(?:contents?|tool_calls|function_call_arguments_json)',
  'message_content',
  'reranker.(?:query|input_documents)',
  'embedding.(?:text|embeddings|vector)',
  'tool.(?:parameters|json_schema)',
  // OpenLLMetry.
  'traceloop.(?:entity.input|prompt.(?:template|template_variables))',
  'llm.request.functions',
  'mcp.request.argument',
  'db.(?:query.embeddings|search.query)',
  // The AI SDK, 3 to 7; Sentry puts `vercel.` before it.
  '(?:vercel.)?ai.(?:prompt|settings.context|value|values|documents|schema|input_messages|texts|toolCall.(?:args|input))',
  // Langfuse, LangSmith, LangWatch, Braintrust, Laminar, MLflow, Datadog.
  'langfuse.(?:observation|trace).input',
  'langsmith.inputs',
  'langwatch.(?:input|rag.contexts|prompt.variables)',
  'braintrust.input(?:_json)?',
  'lmnr.span.input',
  'mlflow.(?:spanInputs|chat.(?:messages|tools))',
  '_ml_obs.meta.input',
  // Logfire and Pydantic AI, Google's agents, LiveKit, Genkit, Haystack, Spring AI.
  '(?:tool_arguments|request_data|model_request_parameters|all_messages_events|pydantic_ai.all_messages)',
  'gcp.vertex.agent.(?:llm_request|tool_call_args|data)',
  'lk.(?:input_text|user_transcript|chat_ctx|instructions|function_tool.arguments)',
  'genkit:input',
  'haystack.(?:component.input|pipeline.input_data)',
  'spring.ai.tool.call.arguments',
  'db.vector.query.content',
];
const OUTPUT = [
  'gen_ai.(?:completion|output|choice|response.(?:text|object|tool_calls)|tool.(?:output|call.result)|task.output)',
  'gen_ai.(?:response.provider_?[mM]etadata|retrieval.documents)',
  'spanwright.result',
  'output.(?:value|audio|images?)',
  'llm.(?:output_messages|completions?|choices|function_call)',
  'retrieval.documents',
  'reranker.output_documents',
  'document.(?:content|metadata)',
  'traceloop.entity.output',
  'mcp.response.value',
  'db.(?:query.result|search.result)',
  // What the provider says besides: quotes of the answer, the searches behind it, the probability of each token.
  '(?:vercel.)?ai.(?:response|responses|result|embeddings?|ranking|toolCall.(?:result|output))',
  'langfuse.(?:(?:observation|trace).output|experiment.item.expected_output)',
  'langsmith.outputs',
  'langwatch.output',
  'braintrust.(?:output(?:_json)?|expected)',
  'lmnr.span.output',
  'mlflow.spanOutputs',
  '_ml_obs.meta.output',
  '(?:tool_response|response_data|final_result)',
  'gcp.vertex.agent.(?:llm_response|tool_response)',
  'lk.(?:response.text|function_tool.output)',
  'genkit:output',
  'haystack.(?:component.output|pipeline.output_data)',
  'spring.ai.tool.call.result',
  'db.vector.query.response.documents',
];
// Facts that begin like content.
const FACTS = [
  'gen_ai.(?:prompt.(?:name|version)|output.type|(?:request|input|output).messages.original_length)',
  '(?:gen_ai|llm).(?:prompts?|completions?).\\d+.(?:role|finish_reason)',
  'llm.(?:input|output)_messages.\\d+.message.role',
  '(?:retrieval.|reranker.(?:input_|output_))documents.\\d+.document.(?:id|score)',
  '(?:vercel.)?ai.response.(?:finishReason|id|model|timestamp|ms\\w*|avg\\w*)',
  '(?:vercel.)?ai.(?:schema.name|ranking.type)',
];
const INPUT_EVENTS = /^gen_ai\.(?:(?:system|user|assistant|tool)\.message|content\.prompt)$/;
const OUTPUT_EVENTS = /^gen_ai\.(?:choice|content\.completion)$/;

// A dot in a name is a dot.
const compile = (names: readonly string[], end: string): RegExp =>
  new RegExp(`^(?:${names.join('|').replaceAll('.', String.raw`\.`)})${end}`);

const IS_INPUT = compile(INPUT, String.raw`(?:\.|$|\[)`);
const IS_OUTPUT = compile(OUTPUT, String.raw`(?:\.|$|\[)`);
const IS_FACT = compile(FACTS, '$');

const MAX_REMEMBERED = 2000;
// Instrumentations write the same names again and again.
const known = new Map<string, ContentSide | undefined>();

function read(key: string): ContentSide | undefined {
  if (IS_INPUT.test(key)) return IS_FACT.test(key) ? undefined : 'input';
  return IS_OUTPUT.test(key) && !IS_FACT.test(key) ? 'output' : undefined;
}

/** Which side of a call the content under this name is of; undefined where the name is none of content. */
export function contentSideOf(key: string): ContentSide | undefined {
  if (known.has(key)) return known.get(key);
  const side = read(key);
  if (known.size >= MAX_REMEMBERED) known.clear();
  known.set(key, side);
  return side;
}

/** The side of an event that is nothing but content; undefined for any other event. */
export function contentSideOfEvent(name: string): ContentSide | undefined {
  if (INPUT_EVENTS.test(name)) return 'input';
  return OUTPUT_EVENTS.test(name) ? 'output' : undefined;
}

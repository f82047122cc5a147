/** A piece of a message. Shapes: GenAI semantic conventions 1.41, gen-ai-input-messages.json and gen-ai-output-messages.json. */
export type Part =
  | { readonly type: 'text'; readonly content: string }
  | { readonly type: 'reasoning'; readonly content: string }
  | { readonly type: 'tool_call'; readonly id?: string; readonly name: string; readonly arguments?: unknown }
  | {
      readonly type: 'tool_call_response';
      readonly id?: string;
      /** The tool's, where the provider tells results apart by it. */
      readonly name?: string;
      readonly response: unknown;
    }
  | {
      readonly type: 'server_tool_call';
      readonly id?: string;
      readonly name: string;
      readonly server_tool_call: { readonly type: string; readonly [key: string]: unknown };
    }
  | {
      readonly type: 'server_tool_call_response';
      readonly id?: string;
      readonly server_tool_call_response: { readonly type: string; readonly [key: string]: unknown };
    }
  | { readonly type: 'blob'; readonly modality: Modality; readonly content: string; readonly mime_type?: string }
  | { readonly type: 'file'; readonly modality: Modality; readonly file_id: string; readonly mime_type?: string }
  | { readonly type: 'uri'; readonly modality: Modality; readonly uri: string; readonly mime_type?: string }
  | GenericPart;

/** A part that the conventions have no name for; they allow any `type`. */
export type GenericPart =
  | { readonly type: 'refusal'; readonly content: string }
  | { readonly type: 'redacted_reasoning'; readonly data?: string }
  | { readonly type: 'vendor'; readonly vendor_type: string; readonly [key: string]: unknown };

/** What a blob, file or URI holds; the conventions leave the list open (`document` came later). */
export type Modality = 'image' | 'video' | 'audio' | 'document';

/** One message that was sent. */
export interface InputMessage {
  readonly role: string;
  readonly parts: readonly Part[];
  readonly name?: string;
}

/** One message that came back; one for each choice. */
export interface OutputMessage extends InputMessage {
  /** `stop`, `length`, `content_filter`, `tool_call`, `error`, or the provider's own word for anything else. */
  readonly finish_reason: string;
}

/** A tool that the model may call. */
export interface ToolDefinition {
  readonly type: string;
  readonly name: string;
  readonly description?: string;
  readonly parameters?: unknown;
  readonly [key: string]: unknown;
}

/** A document that a retrieval found. */
export interface RetrievedDocument {
  readonly id: string;
  readonly score?: number;
  readonly content?: string;
  readonly metadata?: unknown;
}

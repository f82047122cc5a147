import type { ChunkMerger, Json, ResponseReading } from '../../endpoint.js';
import type { CallMessages, Operation, RequestFacts } from '../../record.js';

/** The bodies that models of one family take and give in InvokeModel. The model stands beside the body, not in it. */
export interface BedrockFamily {
  /** What the ids of its models hold, after a region's prefix or inside an ARN: `anthropic.`. */
  readonly modelMark: string;
  readonly operation: Operation;
  /** Tells a body of this family from those of the families that share its mark, or have none. */
  isRequest(body: Json): boolean;
  isResponse(body: Json): boolean;
  readRequest(body: Json): RequestFacts;
  readResponse(body: Json): ResponseReading;
  readInput(body: Json): CallMessages;
  readOutput(body: Json): CallMessages;
  /** A chunk of InvokeModelWithResponseStream. */
  isChunk?(body: Json): boolean;
  createMerger?(): ChunkMerger;
}

import type { Endpoint } from '../endpoint.js';
import { converse } from './bedrock-converse.js';
import { invokeModel } from './bedrock-invoke.js';

/** Bedrock's two interfaces to models. */
export const bedrockEndpoints: readonly Endpoint[] = [converse, invokeModel];

import { nodeRequire } from '#node-require';
import { OtlpJsonEncoder } from './otlp-json.js';
export class OtlpProtobufEncoder extends OtlpJsonEncoder {
  constructor() {
    super(
      (nodeRequire('@opentelemetry/otlp-transformer') as { ProtobufTraceSerializer: never }).ProtobufTraceSerializer,
    );
  }
}

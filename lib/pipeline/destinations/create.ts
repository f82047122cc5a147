import type { DestinationSettings } from '../settings.js';
import type { Sdk } from '../sdk.js';
import { ConsoleDestination } from './console.js';
import type { Destination } from './destination.js';
import { FileDestination } from './file.js';
import { MemoryDestination } from './memory.js';
import { OtlpDestination } from './otlp.js';

/** Makes the destination of some settings. Throws `MissingPackage` when its exporter is not installed. */
export function createDestination({ transport }: DestinationSettings, sdk: Sdk): Destination {
  switch (transport.kind) {
    case 'console':
      return new ConsoleDestination();
    case 'memory':
      return new MemoryDestination(transport.maxSpans);
    case 'file':
      return new FileDestination(transport.path);
    case 'http':
      return new OtlpDestination(transport, sdk);
    default:
      throw new Error(`no destination of kind ${transport.kind}`);
  }
}

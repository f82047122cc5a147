import type { KeyValue } from './otlp-json.js';
import { attributesOf as attributesOfJson } from './otlp-json.js';
import { attributesOf, Message } from './otlp-protobuf.js';

/** One point of a metric: `value` of a sum, the others of a histogram. */
export interface ArrivedPoint {
  readonly attributes: Record<string, unknown>;
  readonly value?: number;
  readonly count?: number;
  readonly sum?: number;
  readonly bounds?: readonly number[];
  readonly buckets?: readonly number[];
}

/** A metric as it arrived, whatever its encoding. */
export interface ArrivedMetric {
  readonly name: string;
  readonly unit: string;
  readonly description: string;
  readonly kind: 'counter' | 'histogram' | 'other';
  readonly points: readonly ArrivedPoint[];
  readonly resource: Record<string, unknown>;
  readonly scope: string;
}

// Field numbers: opentelemetry-proto 1.x, metrics.proto.
function sumPoint(point: Message): ArrivedPoint {
  return { attributes: attributesOf(point, 7), value: point.has(4) ? point.double(4) : point.number(6) };
}

function histogramPoint(point: Message): ArrivedPoint {
  return {
    attributes: attributesOf(point, 9),
    count: point.number(4),
    sum: point.double(5),
    buckets: point.packed(6, (bytes, at) => Number(bytes.readBigUInt64LE(at))),
    bounds: point.packed(7, (bytes, at) => bytes.readDoubleLE(at)),
  };
}

function dataOf(metric: Message): Pick<ArrivedMetric, 'kind' | 'points'> {
  const [sum] = metric.messages(7);
  if (sum !== undefined) {
    return { kind: sum.number(3) === 1 ? 'counter' : 'other', points: sum.messages(1).map(sumPoint) };
  }
  const [histogram] = metric.messages(9);
  return histogram === undefined
    ? { kind: 'other', points: [] }
    : { kind: 'histogram', points: histogram.messages(1).map(histogramPoint) };
}

/** The metrics of a request in protobuf. Throws for what is no such request. */
export function readMetricsProtobuf(body: Buffer): ArrivedMetric[] {
  return new Message(body).messages(1).flatMap((resourceMetrics) => {
    const resource = attributesOf(resourceMetrics.messages(1)[0] ?? new Message(Buffer.alloc(0)), 1);
    return resourceMetrics.messages(2).flatMap((scopeMetrics) => {
      const scope = scopeMetrics.messages(1)[0]?.text(1) ?? '';
      return scopeMetrics.messages(2).map((metric) => ({
        name: metric.text(1),
        description: metric.text(2),
        unit: metric.text(3),
        ...dataOf(metric),
        resource,
        scope,
      }));
    });
  });
}

interface JsonPoint {
  attributes: KeyValue[];
  asDouble?: number;
  asInt?: number | string;
  count?: number | string;
  sum?: number;
  explicitBounds?: number[];
  bucketCounts?: (number | string)[];
}
interface JsonMetric {
  name: string;
  unit: string;
  description: string;
  sum?: { isMonotonic: boolean; dataPoints: JsonPoint[] };
  histogram?: { dataPoints: JsonPoint[] };
}
interface JsonRequest {
  resourceMetrics: {
    resource: { attributes: KeyValue[] };
    scopeMetrics: { scope?: { name: string }; metrics: JsonMetric[] }[];
  }[];
}

function dataOfJson({ sum, histogram }: JsonMetric): Pick<ArrivedMetric, 'kind' | 'points'> {
  if (sum !== undefined) {
    const points = sum.dataPoints.map((point) => ({
      attributes: attributesOfJson(point.attributes),
      value: Number(point.asDouble ?? point.asInt),
    }));
    return { kind: sum.isMonotonic ? 'counter' : 'other', points };
  }
  const points = (histogram?.dataPoints ?? []).map((point) => ({
    attributes: attributesOfJson(point.attributes),
    count: Number(point.count),
    sum: Number(point.sum),
    buckets: (point.bucketCounts ?? []).map(Number),
    bounds: point.explicitBounds ?? [],
  }));
  return { kind: histogram === undefined ? 'other' : 'histogram', points };
}

/** The metrics of a request in OTLP JSON. Throws for what is no such request. */
export function readMetricsJson(text: string): ArrivedMetric[] {
  const { resourceMetrics } = JSON.parse(text) as JsonRequest;
  return resourceMetrics.flatMap(({ resource, scopeMetrics }) =>
    scopeMetrics.flatMap(({ scope, metrics }) =>
      metrics.map((metric) => ({
        name: metric.name,
        unit: metric.unit,
        description: metric.description,
        ...dataOfJson(metric),
        resource: attributesOfJson(resource.attributes),
        scope: scope?.name ?? '',
      })),
    ),
  );
}

import type { Context, Span, SpanOptions, Tracer } from '@opentelemetry/api';
import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { expect } from 'chai';
import { SpanRouter } from '#lib/pipeline/router.js';
import type { SelectionRules } from '#lib/pipeline/selection/criteria.js';
import type { Selection } from '#lib/pipeline/selection/selection.js';
import { openSelection } from '#lib/pipeline/selection/selection.js';
import type { SpanFilter } from '#lib/pipeline/settings.js';

/** Rules that take all but what a filter leaves out. */
export const filtered = (filter: SpanFilter): SelectionRules => ({ granularity: 'full', filter });

/** A provider whose spans selections look at from their start to their end, as destinations do. */
export class Watched {
  readonly #provider: NodeTracerProvider;
  readonly #ended: ReadableSpan[] = [];
  readonly #opened = new Map<Selection, ReadableSpan[]>();
  readonly tracer: Tracer;

  constructor() {
    const router = new SpanRouter();
    router.addCapture({
      active: true,
      accept: (span) => {
        this.#ended.push(span);
        for (const [selection, taken] of this.#opened) if (selection.takes(span)) taken.push(span);
      },
    });
    this.#provider = new NodeTracerProvider({ spanProcessors: [router] });
    this.#provider.register();
    this.tracer = this.#provider.getTracer('spec');
  }

  open(rules: SelectionRules): Selection {
    const selection = openSelection(rules);
    this.#opened.set(selection, []);
    return selection;
  }

  start(name: string, parent?: Span | Context, options?: SpanOptions): Span {
    const within = parent === undefined || !('spanContext' in parent) ? (parent ?? ROOT_CONTEXT) : undefined;
    return this.tracer.startSpan(name, options, within ?? trace.setSpan(ROOT_CONTEXT, parent as Span));
  }

  /** The names that a selection took, each with its parent there. */
  seen(selection: Selection): Record<string, string | undefined> {
    const names = new Map(this.#ended.map((span) => [span.spanContext().spanId, span.name]));
    const taken = this.#opened.get(selection) ?? expect.fail('it was not opened here');
    return Object.fromEntries(
      taken.map((span) => {
        const parent = selection.parentOf(span)?.spanId;
        return [span.name, parent === undefined ? undefined : (names.get(parent) ?? parent)];
      }),
    );
  }

  async stop(): Promise<void> {
    for (const selection of this.#opened.keys()) selection.close();
    await this.#provider.shutdown();
    trace.disable();
    context.disable();
  }
}

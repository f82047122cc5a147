import { configureTracing } from 'spanwright';

// Spans are projected as they end, so that a row holds the whole of what a call costs, here or later.
function into(content, ratio = 1) {
  return () => {
    const tracing = configureTracing({
      destinations: [{ provider: 'memory', content, maxSpans: 16 }],
      sampling: { ratio },
    });
    return () => tracing.shutdown();
  };
}

/** How tracing stands while calls are made, and whether the hand-written code records messages. */
export const states = {
  off: { withContent: true, enter: () => async () => {} },
  'recorded without content': { withContent: false, enter: into('none') },
  'recorded with content': { withContent: true, enter: into('full') },
  'sampled out': { withContent: true, enter: into('full', 0) },
};

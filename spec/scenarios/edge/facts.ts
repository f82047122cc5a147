/** What the application of spec/projects/edge sees where the decorators make no spans. */
export const PASSED_THROUGH = {
  sold: '€42',
  steps: [1, 2],
  wrapped: true,
  ran: ['', '', false],
  carrier: true,
  extracted: 7,
  status: {
    state: 'off',
    reason: 'this is the build for browsers and edge runtimes, which makes no spans',
    ineffective: [],
    skipped: [],
    config: {},
  },
  same: true,
  health: {
    healthy: true,
    reasons: [],
    calls: { opened: 0, ok: 0, error: 0, cancelled: 0, abandoned: 0, live: 0 },
    destinations: {},
    guarded: {},
  },
  active: false,
  flushed: [1, 2, 3].map(() => ({ complete: true, destinations: {} })),
  spans: [],
  recording: false,
  error: [true, 'CONFIG_INVALID', '[CONFIG_INVALID] made here'],
};

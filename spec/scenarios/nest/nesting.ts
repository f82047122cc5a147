import type { ObservedSpan } from './observed.js';

const ROOT = '(root)';
const STAMP = 'StampInterceptor.intercept';

const ROOTS = [
  'AppModule.configure',
  'ClosedFilter.catch',
  'DeskController.first',
  'HeaderGuard.canActivate',
  'Jobs.eachSecond',
  'Jobs.often',
  'Jobs.once',
  'JoinedController.secret',
  'ListController.list',
  'MessageController.count',
  'MessageController.noted',
  'MessageController.refuse',
  'MessageController.secret',
  'MessageController.sum',
  'MessageController.title',
  'RefusalFilter.catch',
  'RegionMiddleware.use',
  'RequestLog.use',
  'RolesGuard.canActivate',
  'SenderGuard.canActivate',
  STAMP,
  'StreamController.endless',
  'StreamController.failing',
  'StreamController.file',
  'StreamController.last',
  'StreamController.later',
  'StreamController.three',
  'TeamGuard.canActivate',
  'TicketService.onApplicationShutdown',
  'TicketService.onModuleInit',
];

// The interceptor's span lasts as long as the Observable that it returned: pipes and handler run below it.
const STAMPED = [
  'admin',
  'broken',
  'create',
  'desk',
  'echo',
  'old',
  'one',
  'open',
  'remove',
  'rename',
  'second',
  'view',
];

/** By the name of a span, the names of all its parents in a run of the application. */
export const NESTING: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(ROOTS.map((name) => [name, [ROOT]])),
  ...Object.fromEntries(STAMPED.map((name) => [`TicketController.${name}`, [STAMP]])),
  'EnvelopeInterceptor.intercept': [STAMP],
  'KeyGuard.canActivate': [ROOT, 'RegionMiddleware.use', 'RequestLog.use'],
  'KnownPipe.transform': [STAMP],
  'ListController.first': [ROOT, 'DeskController.first'],
  'Listeners.counted': ['TicketService.create'],
  'Listeners.created': ['TicketService.create'],
  'RequestNote.read': ['ScopedController.read'],
  'ScopedController.read': ['RequestLog.use'],
  'TenantController.current': ['RegionMiddleware.use'],
  'TenantGuard.canActivate': ['RegionMiddleware.use'],
  'TicketController.wrapped': ['EnvelopeInterceptor.intercept'],
  'TicketService.create': ['TicketController.create'],
  'TicketService.find': [
    'Jobs.eachSecond',
    'MessageController.noted',
    'MessageController.title',
    'StreamController.later',
    'TicketController.desk',
    'TicketController.one',
    'TicketController.remove',
    'TicketController.view',
    'TicketController.wrapped',
  ],
  'TicketService.ids': ['StreamController.three', 'TicketController.open'],
  'TicketService.label': ['TicketService.create'],
  'TicketStore.ids': ['TicketService.ids'],
  'TicketStore.load': ['TicketService.find'],
  'TrimPipe.transform': [STAMP],
};

/** The same, of spans. A parent that is not among them, or is of another trace, is named so. */
export function nestingOf(spans: readonly ObservedSpan[]): Record<string, string[]> {
  const byId = new Map(spans.map((span) => [span.id, span]));
  const parents = new Map<string, Set<string>>();
  for (const { name, trace, parent } of spans) {
    const above = parent === undefined ? undefined : byId.get(parent);
    const isFound = parent === undefined || above?.trace === trace;
    const known = parents.get(name) ?? new Set();
    parents.set(name, known.add(isFound ? (above?.name ?? ROOT) : '(nowhere)'));
  }
  return Object.fromEntries([...parents].map(([name, names]) => [name, [...names].toSorted()]));
}

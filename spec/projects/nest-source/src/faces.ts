import 'reflect-metadata';

import * as around from './around-handlers.js';
import { AppModule } from './application.js';
import { KeyGuard, RolesGuard, TeamGuard } from './guards.js';
import { Jobs, Listeners } from './jobs.js';
import { MessageController, RefusalFilter, SenderGuard } from './message-controller.js';
import * as routes from './shared-routes.js';
import { StreamController } from './stream-controller.js';
import * as tenants from './tenants.js';
import { TicketController } from './ticket-controller.js';
import { NewTicket, TicketService, TicketStore, TicketView } from './tickets.js';

type Class = abstract new (...args: never[]) => unknown;

const CLASSES: readonly Class[] = [
  AppModule,
  KeyGuard,
  RolesGuard,
  TeamGuard,
  SenderGuard,
  RefusalFilter,
  around.TrimPipe,
  around.KnownPipe,
  around.EnvelopeInterceptor,
  around.StampInterceptor,
  around.ClosedFilter,
  around.RequestLog,
  routes.ListController,
  routes.DeskController,
  routes.TeamController,
  routes.JoinedController,
  routes.RequestNote,
  routes.ScopedController,
  TicketController,
  StreamController,
  tenants.RegionMiddleware,
  tenants.TenantGuard,
  tenants.TenantController,
  MessageController,
  TicketService,
  TicketStore,
  TicketView,
  NewTicket,
  Jobs,
  Listeners,
];

// Nest makes random names for the classes of `mixin()` and for the keys of `createDecorator()`.
function named(text: string): string {
  return text.replace(/^[\da-f]{21}$/, '(random)');
}

function shown(_key: string, value: unknown): unknown {
  if (typeof value === 'function') return `function ${named(value.name)}`;
  return typeof value === 'symbol' ? String(value) : value;
}

function metadataOf(target: object, key?: string | symbol): Record<string, unknown> {
  const keys: unknown[] =
    key === undefined ? Reflect.getOwnMetadataKeys(target) : Reflect.getOwnMetadataKeys(target, key);
  const read = (name: unknown): unknown =>
    key === undefined ? Reflect.getOwnMetadata(name, target) : Reflect.getOwnMetadata(name, target, key);
  const pairs = keys.map((name) => [named(String(name)), read(name)] as const).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.parse(JSON.stringify(Object.fromEntries(pairs), shown)) as Record<string, unknown>;
}

function faceOf(value: unknown): unknown {
  if (typeof value !== 'function') return typeof value;
  return {
    name: value.name,
    length: value.length,
    kind: Object.prototype.toString.call(value),
    keys: Reflect.ownKeys(value).map(String).toSorted(),
    metadata: metadataOf(value),
  };
}

function membersOf(holder: object): Record<string, unknown> {
  const members: Record<string, unknown> = {};
  for (const key of Reflect.ownKeys(holder)) {
    const { value, ...own } = Object.getOwnPropertyDescriptor(holder, key) ?? {};
    if (key === 'constructor' || key === 'prototype') continue;
    members[String(key)] = { ...own, face: faceOf(value), onHolder: metadataOf(holder, key) };
  }
  return members;
}

/** What a framework can see of the application's classes and methods. */
export function readFaces(): Record<string, unknown> {
  return Object.fromEntries(
    CLASSES.map((owner) => [
      owner.name,
      {
        metadata: metadataOf(owner),
        statics: membersOf(owner),
        methods: membersOf(owner.prototype as object),
        isItsOwn: (owner.prototype as { constructor: unknown }).constructor === owner,
      },
    ]),
  );
}

// The entries resolve for an importer, and nothing in them is `any`.
import type * as root from 'spanwright';
import type * as audit from 'spanwright/audit';
import type * as testing from 'spanwright/testing';

type IsAny<T> = 0 extends 1 & T ? true : false;
type AnyNames<M> = { [K in keyof M]: IsAny<M[K]> extends true ? K : never }[keyof M];

type NoAny<T extends never> = T;
export type RootHasNoAny = NoAny<AnyNames<typeof root>>;
export type AuditHasNoAny = NoAny<AnyNames<typeof audit>>;
export type TestingHasNoAny = NoAny<AnyNames<typeof testing>>;

// @ts-expect-error an unknown name is no member of the root entry
export type UnknownName = typeof root.noSuchName;

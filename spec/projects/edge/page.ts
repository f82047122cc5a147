import { facts } from './app';

(globalThis as { facts?: Promise<unknown> }).facts = facts();

import { createRequire } from 'node:module';

export const nodeRequire = createRequire(import.meta.url);

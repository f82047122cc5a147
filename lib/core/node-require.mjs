// Under a name of its own: a bundle often has a banner that declares `createRequire` in the same scope.
import { createRequire as requireFrom } from 'node:module';

// A bundler that emits CommonJS leaves `import.meta` empty; there its output has a `__filename`.
export const nodeRequire = requireFrom(import.meta.url ?? __filename);

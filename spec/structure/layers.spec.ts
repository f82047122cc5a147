import { expect } from 'chai';

import { findViolations } from './layer-rules.js';
import { layers } from './layer-table.js';
import { readSources } from './source-files.js';

/** Violations of a made-up lib/; every file named by an import must be among the files. */
function violations(files: Record<string, string>): string[] {
  return findViolations(new Map(Object.entries(files)));
}

describe('layers', () => {
  it('hold in every file of lib/', () => {
    const sources = readSources('lib');
    expect(sources.size).greaterThan(0);
    expect(findViolations(sources)).deep.equal([]);
  });

  it('let no unit import one of a higher level', () => {
    for (const [name, layer] of Object.entries(layers)) {
      for (const target of layer.imports) {
        expect(layers[target]?.level, `${name} → ${target}`).lessThan(layer.level);
      }
    }
  });

  describe('edges', () => {
    const core = { 'core/clock.ts': 'export const now = 1;' };
    const forms: Record<string, string> = {
      static: "import { run } from '../calls/engine.js';",
      're-exported': "export { run } from '../calls/engine.js';",
      'side effect': "import '../calls/engine.js';",
      dynamic: "export const load = () => import('../calls/engine.js');",
      required:
        "import { nodeRequire } from '#node-require';\nexport const engine = nodeRequire('../calls/engine.js');",
      resolved:
        "import { nodeRequire } from '#node-require';\nexport const path = nodeRequire.resolve('../calls/engine.js');",
      'import equals': "import engine = require('../calls/engine.js');",
      'mixed with a type': "import { type Call, run } from '../calls/engine.js';",
    };

    for (const [form, text] of Object.entries(forms)) {
      it(`refuse a ${form} import against the direction`, () => {
        expect(violations({ 'core/guard.ts': text, 'calls/engine.ts': 'export const run = 1;' })).deep.equal([
          'core/guard.ts: core (level 0) may not import calls (level 2)',
        ]);
      });
    }

    it('accept an import that the table names', () => {
      expect(violations({ ...core, 'calls/engine.ts': "import { now } from '../core/clock.js';" })).deep.equal([]);
    });

    it('refuse a neighbour on the same level', () => {
      expect(violations({ 'calls/a.ts': "import { b } from '../pipeline/b.js';", 'pipeline/b.ts': '' })).deep.equal([
        'calls/a.ts: calls (level 2) may not import pipeline (level 2)',
      ]);
    });

    it('refuse one entry in another', () => {
      expect(violations({ 'testing.ts': "import { x } from './index.js';", 'index.ts': '' })).deep.equal([
        'testing.ts: testing (level 7) may not import index (level 7)',
      ]);
    });

    it('refuse a file that stands in no layer', () => {
      expect(violations({ ...core, 'utils/x.ts': 'export const x = 1;' })).deep.equal([
        'utils/x.ts is in no layer of the table',
      ]);
    });

    it('refuse an import of no file', () => {
      expect(violations({ 'core/a.ts': "import { b } from './b.js';" })).deep.equal([
        'core/a.ts imports ./b.js, which is no file of lib/',
      ]);
    });
  });

  describe('types', () => {
    const forms: Record<string, string> = {
      'import type': "import type { Rec } from '../genai/record.js';",
      'inline type': "import { type Rec } from '../genai/record.js';",
      'export type': "export type { Rec } from '../genai/record.js';",
      'import() type': "export type R = import('../genai/record.js').Rec;",
    };
    for (const [form, text] of Object.entries(forms)) {
      it(`are free downwards with ${form}`, () => {
        expect(violations({ 'audit/entry.ts': text, 'genai/record.ts': '' })).deep.equal([]);
      });
    }

    it('are refused upwards', () => {
      expect(violations({ 'core/a.ts': "import type { C } from '../config/c.js';", 'config/c.ts': '' })).deep.equal([
        'core/a.ts: core (level 0) may not import types of config (level 5)',
      ]);
    });

    it('of any unit are free in config', () => {
      expect(violations({ 'config/a.ts': "import type { S } from '../start.js';", 'start.ts': '' })).deep.equal([]);
    });

    it('give config no code', () => {
      expect(violations({ 'config/a.ts': "import { s } from '../calls/s.js';", 'calls/s.ts': '' })).deep.equal([
        'config/a.ts: config (level 5) may not import calls (level 2)',
      ]);
    });
  });

  describe('cycles', () => {
    it('between two files are refused', () => {
      expect(
        violations({ 'core/a.ts': "import { b } from './b.js';", 'core/b.ts': "import { a } from './a.js';" }),
      ).deep.equal(['cycle: core/a.ts → core/b.ts → core/a.ts']);
    });

    it('over several files and types are refused', () => {
      const files = {
        'core/a.ts': "import { b } from './b.js';",
        'core/b.ts': "export const c = () => import('./c.js');",
        'core/c.ts': "import type { A } from './a.js';",
      };
      expect(violations(files)).deep.equal(['cycle: core/a.ts → core/b.ts → core/c.ts → core/a.ts']);
    });
  });

  describe('heavy dependencies', () => {
    const homes: Array<[dependency: string, home: string, elsewhere: string]> = [
      ['class-validator', 'config/options.ts', 'decorators/traced.ts'],
      ['@opentelemetry/sdk-trace', 'pipeline/processor.ts', 'calls/engine.ts'],
      ['@opentelemetry/sdk-trace/build/src/x.js', 'pipeline/processor.ts', 'testing/capture.ts'],
      ['@opentelemetry/exporter-trace-otlp-proto', 'pipeline/destinations/otlp.ts', 'start.ts'],
      ['@opentelemetry/otlp-transformer', 'pipeline/encode.ts', 'core/state.ts'],
      ['@opentelemetry/resources', 'pipeline/resource.ts', 'config/options.ts'],
      ['@opentelemetry/context-async-hooks', 'pipeline/provider.ts', 'calls/context.ts'],
      ['@opentelemetry/core', 'pipeline/provider.ts', 'carriers/headers.ts'],
      ['node:sqlite', 'audit/stores/sqlite.ts', 'audit/ledger.ts'],
      ['pg', 'apps/viewer/query.ts', 'apps/cli/main.ts'],
      ['@nestjs/common', 'nestjs/module.ts', 'frameworks/express.ts'],
    ];
    for (const [dependency, home, elsewhere] of homes) {
      it(`keep ${dependency} out of ${elsewhere}`, () => {
        const forms = [
          `import { x } from '${dependency}';`,
          `import type { X } from '${dependency}';`,
          `export const load = () => import('${dependency}');`,
          `export const x = nodeRequire('${dependency}');`,
        ];
        for (const form of forms) {
          expect(violations({ [home]: form }), form).deep.equal([]);
          expect(violations({ [elsewhere]: form }), form).length(1);
        }
      });
    }

    it('are found in a helper that loads a peer', () => {
      expect(violations({ 'start.ts': "const sdk = loadPeer('@opentelemetry/sdk-trace');" })).deep.equal([
        'start.ts imports @opentelemetry/sdk-trace, whose home is pipeline/',
      ]);
    });

    it('leave the API of OpenTelemetry free', () => {
      expect(violations({ 'calls/engine.ts': "import { trace } from '@opentelemetry/api';" })).deep.equal([]);
    });
  });
});

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

const isStandard = process.env['DECORATOR_MODE'] === 'standard';

// Inside the repository, so that the package finds itself by its name.
const root = '.test-out';

const CASES: [what: string, code: string, text: string][] = [
  ['a field', '@Traced field = 1;', 'methods, getters, accessors and classes, not on fields, setters or parameters'],
  ['a field, called', '@Traced() field = 1;', 'methods, getters, accessors and classes, not on fields, setters'],
  ['a field with options', "@Traced({ kind: 'client' }) field = 1;", 'methods, getters, accessors and classes, not on'],
  [
    'a field of a task',
    '@Task field = 1;',
    'methods, getters and accessors, not on classes, fields, setters or parameters',
  ],
  [
    'a wrong argument',
    '@Traced({ args: (n: number) => n }) work(_: string) {}',
    'takes other arguments than this method has',
  ],
  [
    'a wrong result',
    "@Traced({ result: (n: number) => n }) work() { return ''; }",
    'takes another result than this method returns',
  ],
  ['an unknown option', "@Traced({ nmae: 'x' }) work() {}", "'nmae' does not exist in type 'TracedHooks<"],
  ['a wrong kind', "@Traced({ kind: 'Client' }) work() {}", `Did you mean '"client"'?`],
  [
    'an audited value',
    "@AuditedCall({ callType: 'http' }) work() { return 1; }",
    'an audited method returns a plain Promise or an async iterable: declare it `async` and `await`; or audit',
  ],
  [
    'an audited promise with methods of its own',
    "@AuditedCall() work(): Promise<1> & { withResponse(): void } { throw new Error(''); }",
    '`auditedClient` or `auditedFetch`, so that its promises keep their methods; or give `durability: "sync"`',
  ],
  isStandard
    ? ['a setter', '@Traced set size(_: number) {}', "to parameter of type 'MisplacedOnFieldOrParameter'"]
    : [
        'a parameter',
        'work(@Traced _: string) {}',
        'methods, getters, accessors and classes, not on fields, setters or',
      ],
];

describe('what the compiler says', function () {
  this.timeout(30_000);
  let lines: string[][];

  before(() => {
    const folder = mkdtempSync(join(root, 'compile-errors-'));
    try {
      const classes = CASES.map(([, code], index) => `export class Case${index} { ${code} }`);
      writeFileSync(
        join(folder, 'cases.ts'),
        [`import { AuditedCall, Task, Traced } from 'spanwright';`, ...classes].join('\n'),
      );
      const compilerOptions = {
        noEmit: true,
        incremental: false,
        noUnusedLocals: false,
        experimentalDecorators: !isStandard,
      };
      const config = { extends: '../../tsconfig.base.json', compilerOptions, files: ['cases.ts'] };
      writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
      const tsc = 'node_modules/typescript/bin/tsc';
      const { stdout } = spawnSync(process.execPath, [tsc, '-p', folder, '--pretty', 'false'], { encoding: 'utf8' });
      lines = CASES.map((_, index) => messagesOf(stdout, index + 2));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  for (const [index, [what, , text]] of CASES.entries()) {
    it(`is readable for ${what}`, () => {
      expect(lines[index]?.join('\n')).to.contain(text);
    });
  }
});

/** The messages for one line of the source; each goes on in lines that are indented. */
function messagesOf(output: string, line: number): string[] {
  let isOurs = false;
  return output.split('\n').filter((text) => {
    if (!text.startsWith(' ')) isOurs = text.includes(`cases.ts(${line},`);
    return isOurs;
  });
}

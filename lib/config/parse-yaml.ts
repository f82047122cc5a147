import type { Alias, Document, Node, YAMLMap } from 'yaml';
import { nodeRequire } from '#node-require';
import { SpanwrightError } from '../core/errors.js';
import type { ParsedText } from './parsed-text.js';
import { placeAt, printFault } from './parsed-text.js';

type Yaml = Pick<typeof import('yaml'), 'isMap' | 'isScalar' | 'Lexer' | 'parseDocument' | 'Parser' | 'visit'>;

// Nobody configures more, and the parser takes seconds for a hundred kilobytes.
const MAX_CHARS = 65_536;
// Of aliases, counted where they end up: a file of 1 KiB must not grow to gigabytes.
const MAX_ALIASES = 100;

// Beyond some hundred levels the parser runs out of stack, which can end the process: no option is this deep.
const MAX_DEPTH = 64;

const WHAT: Readonly<Record<string, string>> = {
  MULTIPLE_DOCS: 'a file with more than one document',
  NON_STRING_KEY: 'a file with a key that is no text',
  TAG_RESOLVE_FAILED: 'a file with a tag that is not allowed',
};
const NO_YAML = 'a file that is no YAML';

interface Fault {
  readonly what: string;
  readonly offset: number;
}

function loadYaml(): Yaml {
  try {
    return nodeRequire('yaml') as Yaml;
  } catch (cause) {
    const hint = 'npm install yaml, or name a JSON file';
    throw new SpanwrightError(
      'CONFIG_INVALID',
      'a YAML file cannot be read: got no package yaml, expected it to be installed',
      { hint, cause },
    );
  }
}

function offsetOf(node: Node | null | undefined): number {
  return node?.range?.[0] ?? 0;
}

/** The offset at which a text nests too deep, told by the first stage of the parser, which does not recurse. */
function findDepth({ Lexer, Parser }: Yaml, text: string): number | undefined {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    Array.from(parser.next(lexeme));
    if (parser.stack.length > MAX_DEPTH) return parser.offset;
  }
  return undefined;
}

/** What the parser leaves: keys that stand twice (it would take minutes for a long file), aliases of nothing and of themselves. */
function findFault({ isMap, isScalar, visit }: Yaml, document: Document): Fault | undefined {
  const anchors = new Set<string>();
  let fault: Fault | undefined;

  function lookAtKeys(map: YAMLMap): boolean {
    const seen = new Set<string>();
    for (const { key } of map.items) {
      const name = isScalar(key) ? String(key.value) : '';
      if (seen.has(name)) fault ??= { what: 'a file with a key that stands twice', offset: offsetOf(key as Node) };
      seen.add(name);
    }
    return fault !== undefined;
  }

  function lookAtAlias(alias: Alias, above: readonly unknown[]): boolean {
    const isOpen = above.some((node) => (node as { anchor?: unknown }).anchor === alias.source);
    if (isOpen || !anchors.has(alias.source))
      fault = { what: 'a file with an alias of nothing', offset: offsetOf(alias) };
    return fault !== undefined;
  }

  visit(document, {
    Alias: (_key, alias, above) => (lookAtAlias(alias, above) ? visit.BREAK : undefined),
    Value(_key, node) {
      if (node.anchor !== undefined) anchors.add(node.anchor);
      return isMap(node) && lookAtKeys(node) ? visit.BREAK : undefined;
    },
  });
  return fault;
}

/** Reads YAML 1.2 with its core schema: no tags of one's own, no merge keys. Loads the parser at the first file. */
export function parseYaml(text: string): ParsedText {
  if (text.length > MAX_CHARS) return { got: `a file of more than ${MAX_CHARS / 1024} KiB` };
  const yaml = loadYaml();
  try {
    const tooDeep = findDepth(yaml, text);
    if (tooDeep !== undefined) return { got: printFault('a file that nests too deep', placeAt(text, tooDeep)) };
    const document = yaml.parseDocument(text, {
      version: '1.2',
      schema: 'core',
      resolveKnownTags: false,
      stringKeys: true,
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'error',
    });
    const [refused] = [...document.errors, ...document.warnings];
    const fault =
      refused === undefined
        ? findFault(yaml, document)
        : { what: WHAT[refused.code] ?? NO_YAML, offset: refused.pos[0] };
    if (fault !== undefined) return { got: printFault(fault.what, placeAt(text, fault.offset)) };
    return { value: document.toJS({ maxAliasCount: MAX_ALIASES }) as unknown };
  } catch {
    return { got: 'a file whose aliases grow too far' };
  }
}

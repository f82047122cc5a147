// Finds what can be removed from the built lib/audit: each check, each part of a condition and each call that is made for what
// it does. Parsed from dist/esm, where the offsets are those of V8's coverage.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import ts from 'typescript-5.9';

const BUILT = 'dist/esm/audit';

const isShortCircuit = (node) =>
  ts.isBinaryExpression(node) &&
  [ts.SyntaxKind.AmpersandAmpersandToken, ts.SyntaxKind.BarBarToken].includes(node.operatorToken.kind);

// The condition of a loop is left alone: without it the loop is another, and has no end.
const isOfLoop = ({ parent }) => ts.isIterationStatement(parent, false) || (isShortCircuit(parent) && isOfLoop(parent));

function* ofNode(node) {
  if (ts.isIfStatement(node)) {
    yield { kind: 'check', node: node.expression, instead: 'false' };
    if (node.elseStatement !== undefined) yield { kind: 'side', node: node.expression, instead: 'true' };
  }
  if (ts.isConditionalExpression(node)) {
    yield { kind: 'side', node: node.condition, instead: 'true' };
    yield { kind: 'side', node: node.condition, instead: 'false' };
  }
  if (isShortCircuit(node) && !isOfLoop(node)) {
    yield { kind: 'part', node, instead: node.left };
    yield { kind: 'part', node, instead: node.right };
  }
  if (ts.isExpressionStatement(node)) {
    const { expression } = node;
    const made =
      ts.isAwaitExpression(expression) || ts.isVoidExpression(expression) ? expression.expression : expression;
    const isOfParent = ts.isCallExpression(made) && made.expression.kind === ts.SyntaxKind.SuperKeyword;
    if (ts.isCallExpression(made) && !isOfParent) yield { kind: 'call', node: expression, instead: 'undefined' };
  }
}

// What the compiler adds for `using` and the like.
const isHelper = (node) =>
  (ts.isVariableStatement(node) &&
    node.declarationList.declarations.some(({ name }) => name.getText().startsWith('__'))) ||
  (ts.isExpressionStatement(node) && node.getText().startsWith('__disposeResources'));

function* walk(node) {
  if (isHelper(node)) return;
  yield* ofNode(node);
  const children = [];
  ts.forEachChild(node, (child) => void children.push(child));
  for (const child of children) yield* walk(child);
}

const short = (text) => text.replaceAll(/\s+/g, ' ').trim();

function checksOf(path) {
  const source = readFileSync(path, 'utf8');
  const file = relative('dist/esm', path).replace(/^/, 'lib/').replace(/\.js$/, '.ts');
  const tree = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  return [...walk(tree)].map(({ kind, node, instead }) => {
    const start = node.getStart(tree);
    const replacement = typeof instead === 'string' ? instead : instead.getText(tree);
    const lineStart = source.lastIndexOf('\n', start) + 1;
    const line = short(source.slice(lineStart, source.indexOf('\n', start)));
    const code = short(node.getText(tree));
    return { kind, file, path, start, end: node.end, code, instead: short(replacement), replacement, line };
  });
}

function numbered(checks) {
  const seen = new Map();
  return checks.map((check) => {
    const key = `${check.code}\n${check.instead}\n${check.line}`;
    const nth = (seen.get(key) ?? 0) + 1;
    seen.set(key, nth);
    return { ...check, nth };
  });
}

/**
 * Every change to lib/audit, file by file; `only` names files or folders in it. Kinds: a `check` is never true, a `call` is
 * not made, a `part` of a condition is left out, one `side` of a choice is always taken.
 */
export function findChecks(only = [''], kinds = ['check', 'call', 'part', 'side']) {
  return readdirSync(BUILT, { recursive: true })
    .filter((name) => name.endsWith('.js') && only.some((prefix) => name.startsWith(prefix)))
    .toSorted((one, other) => one.localeCompare(other))
    .flatMap((name) => numbered(checksOf(join(BUILT, name))))
    .filter(({ kind }) => kinds.includes(kind));
}

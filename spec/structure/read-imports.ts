import ts from 'typescript-6.0';

/** One import of a file: `type` when nothing of it is left at run time. */
export interface Import {
  readonly specifier: string;
  readonly kind: 'value' | 'type';
}

/**
 * Reads every import of a source text: static, re-exported, `import type`, `import('…')` as code and as a type,
 * and any call whose first argument is a string, such as `nodeRequire('…')` or a helper that loads a peer.
 */
export function readImports(source: string): Import[] {
  const found: Import[] = [];
  const add = (node: ts.Node | undefined, kind: Import['kind'], only?: RegExp): void => {
    if (node && ts.isStringLiteralLike(node) && (only?.test(node.text) ?? true)) {
      found.push({ specifier: node.text, kind });
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      add(node.moduleSpecifier, isTypeOnly(node.importClause) ? 'type' : 'value');
    } else if (ts.isExportDeclaration(node)) {
      add(node.moduleSpecifier, node.isTypeOnly || everyTypeOnly(node.exportClause) ? 'type' : 'value');
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node.argument.literal, 'type');
    } else if (ts.isExternalModuleReference(node)) {
      add(node.expression, 'value');
    } else if (ts.isCallExpression(node)) {
      add(node.arguments[0], 'value', isLoader(node.expression) ? undefined : packageName);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('source.ts', source, ts.ScriptTarget.ES2022));
  return found;
}

/** What another call's first argument must look like to be read as a package that the call loads. */
const packageName = /^(@[a-z0-9-]+\/[a-z0-9-]+|class-[a-z]+|node:sqlite|better-sqlite3|sqlite3|pg|mysql2?|mongodb)$/;

function isLoader(callee: ts.Expression): boolean {
  if (callee.kind === ts.SyntaxKind.ImportKeyword) return true;
  const name = ts.isPropertyAccessExpression(callee) ? callee.expression : callee;
  return ts.isIdentifier(name) && /^(nodeRequire|require)$/.test(name.text);
}

function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  return clause.name === undefined && everyTypeOnly(clause.namedBindings);
}

function everyTypeOnly(bindings: ts.NamedImportBindings | ts.NamedExportBindings | undefined): boolean {
  if (bindings === undefined || !(ts.isNamedImports(bindings) || ts.isNamedExports(bindings))) return false;
  return bindings.elements.length > 0 && bindings.elements.every((element) => element.isTypeOnly);
}

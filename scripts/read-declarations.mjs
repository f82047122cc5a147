// Reads declarations and their docstrings from the sources in lib/.
import ts from 'typescript-6.0';

const { config } = ts.readConfigFile('tsconfig.build.json', (path) => ts.sys.readFile(path));
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, process.cwd());
const program = ts.createProgram(['lib/index.ts', 'lib/audit.ts', 'lib/testing.ts'], { ...options, noEmit: true });
const checker = program.getTypeChecker();

/** Everything that an entry exports, values before types, each group in the order of the entry. */
export function readExports(entry) {
  const all = exportsOf(entry).map(([name, symbol]) => readSymbol(name, symbol));
  return [...all.filter(({ isValue }) => isValue), ...all.filter(({ isValue }) => !isValue)];
}

/** One declaration of a source file, exported from the entries or not. */
export function readDeclaration(file, name) {
  const found = exportsOf(file).find(([exported]) => exported === name);
  if (found === undefined) throw new Error(`${file} exports no ${name}`);
  return readSymbol(name, found[1]);
}

/** A constant that is a table of records, as the literal types say it: `[key, record]`. */
export function readTable(file, name) {
  const symbol = exportsOf(file).find(([exported]) => exported === name)?.[1];
  const fieldsOf = (owner) => checker.getTypeOfSymbol(owner).getProperties();
  const valueOf = (field) => [field.name, checker.getTypeOfSymbol(field).value];
  return fieldsOf(symbol).map((entry) => [entry.name, Object.fromEntries(fieldsOf(entry).map(valueOf))]);
}

/** The members of a union of strings, each with the comment in front of it. */
export function readUnion(file, name) {
  const symbol = exportsOf(file).find(([exported]) => exported === name)?.[1];
  const [declaration] = symbol.declarations;
  const text = declaration.getSourceFile().text;
  let end = declaration.type.pos;
  return declaration.type.types.map((member) => {
    const comment = /\/\*\*(.*?)\*\//s.exec(text.slice(end, member.getStart()))?.[1] ?? '';
    end = member.end;
    return { name: member.literal.text, docstring: comment.trim() };
  });
}

function exportsOf(file) {
  const module = checker.getSymbolAtLocation(program.getSourceFile(file));
  return checker
    .getExportsOfModule(module)
    .map((symbol) => [symbol.name, symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol]);
}

function readSymbol(name, symbol) {
  const { declarations } = symbol;
  return {
    name,
    isValue: (symbol.flags & ts.SymbolFlags.Value) !== 0,
    docstring: docstringOf(symbol),
    throws: symbol
      .getJsDocTags(checker)
      .filter((tag) => tag.name === 'throws')
      .map((tag) => ts.displayPartsToString(tag.text)),
    example: exampleOf(declarations[0]),
    signatures: signaturesOf(declarations),
    ...(ts.isInterfaceDeclaration(declarations[0]) ? readInterface(declarations[0]) : {}),
  };
}

function docstringOf(symbol) {
  return ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim();
}

// Read as text: the compiler takes a decorator in an example for a tag and forgets how lines were indented.
function exampleOf(declaration) {
  const owner = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
  const comment = owner.getFullText().slice(0, owner.getStart() - owner.pos);
  const example = /@example\n(.*?)\n \*\/\s*$/s.exec(comment)?.[1];
  return example?.replaceAll(/^ \* ?/gm, '');
}

function signaturesOf(declarations) {
  const overloads = declarations.filter((one) => ts.isFunctionDeclaration(one) && one.body === undefined);
  return (overloads.length > 0 ? overloads : declarations).flatMap((one) => printDeclaration(one));
}

function printDeclaration(declaration) {
  if (ts.isFunctionDeclaration(declaration)) return [bare(printHead(declaration))];
  if (ts.isVariableDeclaration(declaration)) return printDecorator(declaration);
  if (ts.isClassDeclaration(declaration)) return [printClass(declaration)];
  return [bare(declaration.getText())];
}

/** A decorator: the ways to write it, and its functions, as the interfaces beside it say. */
function printDecorator(declaration) {
  const name = declaration.name.getText();
  const interfaces = new Set(declaration.initializer.type.types.map((part) => part.getText()));
  const members = declaration
    .getSourceFile()
    .statements.filter((one) => ts.isInterfaceDeclaration(one) && interfaces.has(one.name.text))
    .flatMap((one) => one.members);
  const forms = members
    .filter((member) => ts.isCallSignatureDeclaration(member))
    .map(({ parameters: [first] }) => {
      const isOptions = first?.name.getText() === 'options';
      return `@${name}(${isOptions ? `options: ${name}Options` : (first?.getText() ?? '')})`;
    });
  const functions = members
    .filter((member) => ts.isMethodSignature(member))
    .map((member) => {
      const docstring = member
        .getFullText()
        .slice(0, member.getStart() - member.pos)
        .trim();
      return `${docstring === '' ? '' : `${docstring}\n`}${name}.${member.getText()}`;
    });
  return [[`@${name}`, ...new Set(forms)].join('\n'), functions.join('\n')];
}

function printClass(declaration) {
  const members = declaration.members.filter((member) => !ts.isPrivateIdentifier(member.name ?? member));
  const lines = members.map(
    (member) => `  ${ts.isPropertyDeclaration(member) ? printProperty(member) : printHead(member)}`,
  );
  return `${bare(declaration.getText()).split('{')[0].trim()} {\n${lines.join('\n')}\n}`;
}

function printProperty(member) {
  const modifiers = (member.modifiers ?? [])
    .map((modifier) => modifier.getText())
    .filter((word) => word !== 'override');
  const type = member.type?.getText() ?? checker.typeToString(checker.getTypeAtLocation(member));
  return `${[...modifiers, member.name.getText()].join(' ')}: ${type};`;
}

/** A function, method or constructor without its body. */
function printHead(declaration) {
  const { body } = declaration;
  if (body === undefined) return declaration.getText();
  return `${declaration
    .getText()
    .slice(0, body.getStart() - declaration.getStart())
    .trim()};`;
}

function bare(text) {
  return text.replace(/^export /, '');
}

function printType(node) {
  const isOpen = ts.isUnionTypeNode(node) && node.types.at(-1).kind === ts.SyntaxKind.UndefinedKeyword;
  const text = node.getText().replaceAll(/\s+/g, ' ').replace(/^\| /, '');
  return isOpen ? text.replace(/ \| undefined$/, '') : text;
}

function readInterface(declaration) {
  const bases = (declaration.heritageClauses ?? []).flatMap(({ types }) =>
    types.map(({ expression, typeArguments }) =>
      expression.getText() === 'Omit' ? typeArguments[0].getText() : expression.getText(),
    ),
  );
  const fields = declaration.members
    .filter((member) => ts.isPropertySignature(member))
    .map((member) => ({
      name: member.name.getText(),
      isRequired: member.questionToken === undefined,
      type: printType(member.type),
      docstring: docstringOf(checker.getSymbolAtLocation(member.name)),
    }));
  return { bases, fields };
}

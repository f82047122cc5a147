import ts from 'typescript-6.0';

/** A name that an entry exports, with the text of its docstring: '' when it has none. */
export interface PublicName {
  readonly name: string;
  readonly docstring: string;
}

/** Every name, value or type, that a source file exports, wherever it is declared. */
export function readPublicNames(entry: string): PublicName[] {
  const config = ts.readConfigFile('tsconfig.build.json', (path) => ts.sys.readFile(path)) as { config: unknown };
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, process.cwd());
  const program = ts.createProgram([entry], { ...options, noEmit: true });
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(entry);
  const module = file && checker.getSymbolAtLocation(file);
  if (module === undefined) throw new Error(`no module: ${entry}`);
  return checker.getExportsOfModule(module).map((symbol) => {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    return {
      name: symbol.name,
      docstring: ts.displayPartsToString(target.getDocumentationComment(checker)).trim(),
    };
  });
}

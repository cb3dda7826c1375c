/** What the package exports, as the compiler sees it: each name with its docstring and its examples. */
import { resolve } from 'node:path';
import ts from 'typescript';

/** The public entries, and the modules behind them. */
export const ENTRIES = {
  'cmpassport-mock': 'src/index.ts',
  'cmpassport-mock/server': 'mock-server/server.ts',
  'cmpassport-mock/msw': 'mock-server/msw.ts',
  'cmpassport-mock/control': 'src/control/index.ts',
  'cmpassport-mock/contracts': 'contracts/index.ts',
  'cmpassport-mock/fixtures': 'fixtures/generate/index.ts',
} as const;

export type Entry = keyof typeof ENTRIES;

export interface ExportedName {
  readonly entry: Entry;
  readonly name: string;
  readonly documentation: string;
  readonly examples: readonly string[];
  readonly isFunction: boolean;
}

/** Examples import from the package as its users do. */
const PATHS = Object.fromEntries(Object.entries(ENTRIES).map(([entry, file]) => [entry, [resolve(file)]]));

function optionsOfProject(): ts.CompilerOptions {
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, '.');
  return { ...options, paths: PATHS, noUnusedLocals: false };
}

export function exportedNames(): readonly ExportedName[] {
  const program = ts.createProgram(Object.values(ENTRIES), optionsOfProject());
  const checker = program.getTypeChecker();
  return (Object.keys(ENTRIES) as Entry[]).flatMap((entry) => {
    const source = program.getSourceFile(ENTRIES[entry]);
    const module = source && checker.getSymbolAtLocation(source);
    if (module === undefined) throw new Error(`${ENTRIES[entry]} exports nothing`);
    return checker.getExportsOfModule(module).map((symbol) => describeExport(checker, entry, symbol));
  });
}

function describeExport(checker: ts.TypeChecker, entry: Entry, exported: ts.Symbol): ExportedName {
  const aliased = (exported.flags & ts.SymbolFlags.Alias) !== 0;
  const symbol = aliased ? checker.getAliasedSymbol(exported) : exported;
  return {
    entry,
    name: exported.name,
    documentation: ts.displayPartsToString(symbol.getDocumentationComment(checker)),
    examples: symbol
      .getJsDocTags(checker)
      .filter(({ name }) => name === 'example')
      .map(({ text }) => ts.displayPartsToString(text)),
    isFunction: (symbol.flags & ts.SymbolFlags.Function) !== 0,
  };
}

/** What the compiler says of the examples, each a module of its own. */
export function exampleErrors(examples: readonly string[]): readonly string[] {
  const options = optionsOfProject();
  const texts = new Map(examples.map((text, at) => [resolve(`test/api/example-${at}.ts`), text]));
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => texts.has(resolve(name)) || fileExists(name);
  host.getSourceFile = (name, target, ...rest) => {
    const text = texts.get(resolve(name));
    return text === undefined ? getSourceFile(name, target, ...rest) : ts.createSourceFile(name, text, target);
  };
  const program = ts.createProgram([...texts.keys()], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const line = file === undefined ? 0 : file.getLineAndCharacterOfPosition(start ?? 0).line;
    const found = file?.text.split('\n')[line] ?? '';
    return `${found}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}

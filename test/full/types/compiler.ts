/** Runs the TypeScript compiler once: the exports of the package, and the errors in texts that import from it. */
import { resolve } from 'node:path';
import ts from 'typescript';

/** The public entries and their modules. */
export const ENTRIES = {
  'cmpassport-client': 'src/index.ts',
  'cmpassport-mock/server': 'mock-server/server.ts',
  'cmpassport-mock/fetch': 'mock-server/fetch.ts',
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

/** Examples import from the package by its name. */
const PATHS = Object.fromEntries(
  Object.entries(ENTRIES).map(([entry, file]) => [entry, [resolve(file)]]),
);

function optionsOfProject(): ts.CompilerOptions {
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(
    { ...config, include: [], files: [] },
    ts.sys,
    '.',
  );
  return { ...options, paths: PATHS, noUnusedLocals: false };
}

const OPTIONS = optionsOfProject();
const HOST = ts.createCompilerHost(OPTIONS);
const EXPORTS = ts.createProgram(Object.values(ENTRIES), OPTIONS, HOST);

export function exportedNames(): readonly ExportedName[] {
  const checker = EXPORTS.getTypeChecker();
  return (Object.keys(ENTRIES) as Entry[]).flatMap((entry) => {
    const source = EXPORTS.getSourceFile(ENTRIES[entry]);
    const module = source && checker.getSymbolAtLocation(source);
    if (module === undefined) throw new Error(`${ENTRIES[entry]} exports nothing`);
    return checker
      .getExportsOfModule(module)
      .map((symbol) => describeExport(checker, entry, symbol));
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

// Long enough to recognize a line.
const SHOWN_CHARACTERS = 100;

/** The errors of each text, with line and reason. Each text is a module in this folder. */
export function errorsIn(texts: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const paths = texts.map((_, at) => resolve(`test/full/types/text-${at}.ts`));
  const textAt = new Map(paths.map((path, at) => [path, texts[at] ?? '']));
  const { getSourceFile, fileExists } = HOST;
  const host: ts.CompilerHost = {
    ...HOST,
    fileExists: (name) => textAt.has(resolve(name)) || fileExists(name),
    getSourceFile: (name, target, ...rest) => {
      const text = textAt.get(resolve(name));
      // The files of the exports are already parsed.
      if (text === undefined)
        return EXPORTS.getSourceFile(name) ?? getSourceFile(name, target, ...rest);
      return ts.createSourceFile(name, text, target);
    },
  };
  const program = ts.createProgram(paths, OPTIONS, host);
  return new Map(
    Array.from(textAt, ([path, text]) => {
      const source = program.getSourceFile(path);
      const found = [
        ...program.getSyntacticDiagnostics(source),
        ...program.getSemanticDiagnostics(source),
      ];
      return [text, found.map(describeError)];
    }),
  );
}

function describeError({ file, start = 0, messageText }: ts.Diagnostic): string {
  const line = file?.getLineAndCharacterOfPosition(start).line ?? 0;
  const found = file?.text.split('\n')[line] ?? '';
  return `${found.slice(0, SHOWN_CHARACTERS)}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
}

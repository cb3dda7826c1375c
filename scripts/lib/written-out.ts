/**
 * A program in which the types with the tag `@interface` are written out: an interface with the fields, their types and the
 * comments of the rows from which they are computed.
 */
import ts from 'typescript';

const FLAGS =
  ts.NodeBuilderFlags.InTypeAlias |
  ts.NodeBuilderFlags.NoTruncation |
  ts.NodeBuilderFlags.UseAliasDefinedOutsideCurrentScope;

/** The program emits declarations. */
export function writtenOut(entries: readonly string[]): ts.Program {
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, '.', {
    declaration: true,
    emitDeclarationOnly: true,
    noEmit: false,
  });
  const host = ts.createCompilerHost(options, true);
  const program = ts.createProgram(entries, options, host);
  const texts = textsOf(program);
  const getSourceFile: typeof host.getSourceFile = (path, version, ...rest) => {
    const text = texts.get(path);
    if (text !== undefined) return ts.createSourceFile(path, text, version, true);
    // The same object, so that it is not parsed again.
    return program.getSourceFile(path) ?? host.getSourceFile(path, version, ...rest);
  };
  return ts.createProgram(entries, options, { ...host, getSourceFile }, program);
}

/** The changed texts, by the absolute path of the module. */
function textsOf(program: ts.Program): ReadonlyMap<string, string> {
  const checker = program.getTypeChecker();
  const own = program.getSourceFiles().filter((file) => !file.isDeclarationFile);
  return new Map(
    own.flatMap((file) => {
      const aliases = file.statements.filter(isInterface);
      return aliases.length === 0 ? [] : [[file.fileName, textOf(file, aliases, checker)] as const];
    }),
  );
}

function isInterface(node: ts.Statement): node is ts.TypeAliasDeclaration {
  const tags = ts.getJSDocTags(node);
  return (
    ts.isTypeAliasDeclaration(node) && tags.some(({ tagName }) => tagName.text === 'interface')
  );
}

function textOf(
  file: ts.SourceFile,
  aliases: readonly ts.TypeAliasDeclaration[],
  checker: ts.TypeChecker,
): string {
  // From the last, so that the positions of the others stay.
  return aliases.reduceRight(
    (text, alias) => text.slice(0, alias.pos) + interfaceOf(alias, checker) + text.slice(alias.end),
    file.text,
  );
}

/** A comment of a sentence, with the tag. */
const TAGGED = /\/\*\*\n \* (.*)\n \*\n \* @interface\n \*\//;

function interfaceOf(alias: ts.TypeAliasDeclaration, checker: ts.TypeChecker): string {
  const type = checker.getTypeAtLocation(alias);
  const node = checker.typeToTypeNode(type, alias, FLAGS);
  if (node === undefined || !ts.isTypeLiteralNode(node))
    throw new Error(`${alias.name.text} is not an object`);
  const printer = ts.createPrinter();
  const fields = node.members.map((member) => {
    const field = printer.printNode(ts.EmitHint.Unspecified, member, alias.getSourceFile());
    const name = member.name !== undefined && ts.isIdentifier(member.name) ? member.name.text : '';
    return `${commentOf(type.getProperty(name))}  ${field}\n`;
  });
  const before = alias
    .getFullText()
    .slice(0, alias.getLeadingTriviaWidth())
    .replace(TAGGED, '/** $1 */');
  return `${before}export interface ${alias.name.text} {\n${fields.join('')}}`;
}

function commentOf(property: ts.Symbol | undefined): string {
  const [declaration] = property?.declarations ?? [];
  const comments = declaration === undefined ? [] : ts.getJSDocCommentsAndTags(declaration);
  return comments
    .filter(ts.isJSDoc)
    .map((comment) => `  ${comment.getText().replaceAll(/\n\s*/g, '\n   ')}\n`)
    .join('');
}

/** The docstrings of published types, for tables of their members. Without types: the text of a file is enough. */
import { readFileSync } from 'node:fs';
import ts from 'typescript';

export interface Documented {
  readonly name: string;
  readonly text: string;
}

type Owner =
  | ts.InterfaceDeclaration
  | ts.ClassDeclaration
  | ts.TypeAliasDeclaration
  | ts.VariableDeclaration;

/** The named declarations of a file, in their order. */
function declarationsIn(path: string): readonly Owner[] {
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  return file.statements.flatMap((statement): readonly Owner[] => {
    if (ts.isVariableStatement(statement)) return statement.declarationList.declarations;
    return ts.isInterfaceDeclaration(statement) ||
      ts.isClassDeclaration(statement) ||
      ts.isTypeAliasDeclaration(statement)
      ? [statement]
      : [];
  });
}

function ownerIn(path: string, name: string): Owner {
  const owner = declarationsIn(path).find((each) => each.name?.getText() === name);
  if (owner === undefined) throw new Error(`${path} has no ${name}`);
  return owner;
}

/** The docstring of a declaration, without its example, in one line. */
function docstringOf(node: ts.Node): string {
  const [doc] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  return ts.getTextOfJSDocComment(doc?.comment) ?? '';
}

const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim();

/** The members of an interface or of the object of a constant. */
export function membersIn(path: string, name: string): readonly Documented[] {
  return memberNodes(ownerIn(path, name)).flatMap((member) =>
    member.name === undefined
      ? []
      : [{ name: member.name.getText(), text: oneLine(docstringOf(member)) }],
  );
}

function memberNodes(owner: Owner): readonly (ts.TypeElement | ts.ObjectLiteralElementLike)[] {
  if (ts.isInterfaceDeclaration(owner)) return owner.members;
  const value = ts.isVariableDeclaration(owner) ? withoutTypes(owner.initializer) : undefined;
  return value !== undefined && ts.isObjectLiteralExpression(value) ? value.properties : [];
}

/** `{ … } as const satisfies …` is `{ … }`. */
function withoutTypes(value: ts.Expression | undefined): ts.Expression | undefined {
  return value !== undefined && (ts.isAsExpression(value) || ts.isSatisfiesExpression(value))
    ? withoutTypes(value.expression)
    : value;
}

/** The types of the members of an interface that are a text, without quotes. */
export function literalsIn(path: string, name: string): ReadonlyMap<string, string> {
  const owner = ownerIn(path, name);
  const members = ts.isInterfaceDeclaration(owner) ? owner.members : [];
  return new Map(
    members.flatMap((member): (readonly [string, string])[] => {
      const type = ts.isPropertySignature(member) ? (member.type?.getText() ?? '') : '';
      const [, text] = /^'(.*)'$/.exec(type) ?? [];
      return text === undefined || member.name === undefined ? [] : [[member.name.getText(), text]];
    }),
  );
}

/** The classes of a file that have a code, with their docstrings. */
export function errorsIn(path: string): readonly (Documented & { readonly code: string })[] {
  return declarationsIn(path)
    .filter(ts.isClassDeclaration)
    .flatMap((owner) => {
      const [, code] = /readonly code = '(\w+)'/.exec(owner.getText()) ?? [];
      return code === undefined
        ? []
        : [{ name: owner.name?.getText() ?? '', code, text: oneLine(docstringOf(owner)) }];
    });
}

const ITEM = /^- `(\w+)`: ((?:.|\n(?!- |\n))*)/gm;

/** The members of a union, as the list in its docstring has them. */
export function itemsIn(path: string, name: string): readonly Documented[] {
  const items = docstringOf(ownerIn(path, name)).matchAll(ITEM);
  return Array.from(items, ([, item = '', text = '']) => ({
    name: item,
    text: capitalised(oneLine(text)),
  }));
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

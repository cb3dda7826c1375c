import ts from 'typescript';

const { SyntaxKind } = ts;
/** The tokens with text, and the number of delimiting characters at their start and end. */
const TEXTS = new Map([
  [SyntaxKind.StringLiteral, [1, 1]],
  [SyntaxKind.NoSubstitutionTemplateLiteral, [1, 1]],
  [SyntaxKind.TemplateHead, [1, 2]],
  [SyntaxKind.TemplateMiddle, [1, 2]],
  [SyntaxKind.TemplateTail, [1, 1]],
  [SyntaxKind.JsxText, [0, 0]],
]);
// A string without two words is a name or a value.
const WORDS = /[a-z,] [a-z]/i;
const CODE_SPAN = /`[^`\n]*`/g;

const blank = (text) => text.replace(/[^\n]/g, ' ');

/**
 * Returns the comments and strings of a TypeScript, JavaScript or JSON file. The rest is replaced with spaces, so that
 * each word keeps its line and column.
 */
export function proseOf(source, path) {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest);
  const pieces = [];
  let at = 0;
  const clear = (start, end) => {
    pieces.push(source.slice(at, start), blank(source.slice(start, end)));
    at = end;
  };
  const visit = (node) => {
    if (node.kind >= SyntaxKind.FirstJSDocNode && node.kind <= SyntaxKind.LastJSDocNode) return;
    const children = node.getChildren(file);
    for (const child of children) visit(child);
    if (children.length === 0) clearCode(node.kind, node.getStart(file), node.end);
  };
  const clearCode = (kind, start, end) => {
    const delimiters = WORDS.test(source.slice(start, end)) ? TEXTS.get(kind) : undefined;
    if (delimiters === undefined) return clear(start, end);
    clear(start, start + delimiters[0]);
    clear(end - delimiters[1], end);
  };
  visit(file);
  return [...pieces, source.slice(at)].join('').replace(CODE_SPAN, blank);
}

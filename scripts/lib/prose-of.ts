/** The prose of a file: its comments and texts. */
import ts from 'typescript';

const PARSED = /\.(?:[cm]?ts|tsx|[cm]?js|json)$/;
const { SyntaxKind } = ts;
// Without a space between words, a string is a name, a value or a path.
const TWO_WORDS = /[a-z,] [a-z]/i;
const WORD_AND_SPACE = /[a-z,.] | [a-z]/i;
/** The tokens with text: what makes it prose, and the number of delimiting characters at its start and end. */
const TEXTS = new Map<ts.SyntaxKind, readonly [isProse: RegExp, before: number, after: number]>([
  [SyntaxKind.StringLiteral, [TWO_WORDS, 1, 1]],
  [SyntaxKind.NoSubstitutionTemplateLiteral, [TWO_WORDS, 1, 1]],
  [SyntaxKind.TemplateHead, [WORD_AND_SPACE, 1, 2]],
  [SyntaxKind.TemplateMiddle, [WORD_AND_SPACE, 1, 2]],
  [SyntaxKind.TemplateTail, [WORD_AND_SPACE, 1, 1]],
  [SyntaxKind.JsxText, [WORD_AND_SPACE, 0, 0]],
]);
// Code, a variable of a test title, a value in quotes.
const CODE = /`[^`\n]*`|\$\w+|"(?!no")[\w-]*"/g;

const blank = (text: string) => text.replace(/[^\n]/g, ' ');

/**
 * Returns the prose of a file: of TypeScript, JavaScript and JSON the comments and strings, of other languages all of it.
 * The rest is replaced with spaces, so that each word keeps its line and column.
 */
export function proseOf(source: string, path: string): string {
  return (PARSED.test(path) ? commentsAndStrings(source, path) : source).replace(CODE, blank);
}

function commentsAndStrings(source: string, path: string): string {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest);
  const pieces: string[] = [];
  let at = 0;
  const clear = (start: number, end: number) => {
    pieces.push(source.slice(at, start), blank(source.slice(start, end)));
    at = end;
  };
  const visit = (node: ts.Node) => {
    if (node.kind >= SyntaxKind.FirstJSDocNode && node.kind <= SyntaxKind.LastJSDocNode) return;
    const children = node.getChildren(file);
    for (const child of children) visit(child);
    if (children.length > 0) return;
    const [start, end] = [node.getStart(file), node.end];
    const [isProse, before, after] = TEXTS.get(node.kind) ?? [/$^/, 0, 0];
    if (!isProse.test(source.slice(start, end))) return clear(start, end);
    clear(start, start + before);
    clear(end - after, end);
  };
  visit(file);
  return [...pieces, source.slice(at)].join('');
}

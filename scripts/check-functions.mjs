/**
 * Checks the size of each function of the product, with the functions inside it: decisions and lines. A tree of
 * JSX is markup, so it does not count. A method of a class is a function of its own, and so is a function in a table.
 */
import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { sourceFiles } from './lib/source-files.mjs';

const DECISIONS_MAX = 15;
const LINES_MAX = 80;

const { SyntaxKind } = ts;

const DECIDING_NODES = new Set([
  SyntaxKind.IfStatement,
  SyntaxKind.ConditionalExpression,
  SyntaxKind.CaseClause,
  SyntaxKind.ForStatement,
  SyntaxKind.ForOfStatement,
  SyntaxKind.ForInStatement,
  SyntaxKind.WhileStatement,
  SyntaxKind.DoStatement,
  SyntaxKind.CatchClause,
]);
const DECIDING_OPERATORS = new Set([
  SyntaxKind.AmpersandAmpersandToken,
  SyntaxKind.BarBarToken,
  SyntaxKind.QuestionQuestionToken,
]);

const tooLarge = sourceFiles().flatMap((file) => functionsIn(file).filter(isTooLarge));
for (const { place, name, decisions, lines } of tooLarge) {
  console.error(`${place} ${name}: ${decisions} decisions, ${lines} lines`);
}
if (tooLarge.length > 0) {
  console.error(
    `A function has at most ${DECISIONS_MAX} decisions and ${LINES_MAX} lines. Give a part its own name.`,
  );
  process.exitCode = 1;
}

function isTooLarge({ decisions, lines }) {
  return decisions > DECISIONS_MAX || lines > LINES_MAX;
}

/** The outermost functions of a file. */
function functionsIn(file) {
  const source = ts.createSourceFile(
    file,
    readFileSync(file, 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  const found = [];
  const visit = (node) => {
    if (ts.isFunctionLike(node) && node.body !== undefined) found.push(measured(node, source));
    else ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function measured(node, source) {
  const text = withoutMarkup(node, source);
  const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
  return {
    place: `${source.fileName}:${line + 1}`,
    name: (node.name ?? node.parent.name)?.getText(source) ?? 'a function',
    decisions: decisionsIn(node.body),
    lines: text.split('\n').length,
  };
}

function decisionsIn(node) {
  if (isMarkup(node)) return 0;
  let count = isDecision(node) ? 1 : 0;
  ts.forEachChild(node, (child) => {
    count += decisionsIn(child);
  });
  return count;
}

function isDecision(node) {
  if (ts.isBinaryExpression(node)) return DECIDING_OPERATORS.has(node.operatorToken.kind);
  return DECIDING_NODES.has(node.kind) || node.questionDotToken !== undefined;
}

function isMarkup(node) {
  return ts.isJsxElement(node) || ts.isJsxFragment(node) || ts.isJsxSelfClosingElement(node);
}

function withoutMarkup(node, source) {
  const trees = [];
  const visit = (child) => {
    if (isMarkup(child)) trees.push(child.getText(source));
    else ts.forEachChild(child, visit);
  };
  visit(node);
  return trees.reduce((text, tree) => text.replace(tree, ''), node.getText(source));
}

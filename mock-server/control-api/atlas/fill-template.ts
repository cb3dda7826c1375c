/**
 * Fills a template. A template is a complete program with marks in its comments (after `//` or `#`).
 *
 *     // {{ if a }} … // {{ end }}     on separate lines: the lines between them are kept if `a` is true
 *     code // {{ if a }}               the line is kept if `a` is true
 *     // {{ if a }} code               the code is uncommented if `a` is true, else the line is removed
 *     name = value // {{ a }}          the value is replaced by the text `a`, if it is set
 *     // words // {{ a }}              the words are replaced by the text `a`
 *
 * A condition joins names by `and`, `or` and `not`; `and` binds tighter than `or`. Regions can contain regions.
 */

/** By name. A text is a value, and is true as a condition; `undefined` and `false` are false. */
export type Facts = Readonly<Record<string, Fact>>;
type Fact = string | boolean | undefined;

/** The syntax of string literals in a language. */
export interface Literals {
  readonly quoted: (text: string) => string;
  /** Concatenates two literals; written at the end of a line. */
  readonly joint: string;
  /** The additional indentation of a continued line. */
  readonly step: string;
}

// A longer text is split into several literals, one per line.
const LINE_LENGTH_MAX = 120;
/** Between the fields of a JSON text. */
const FIELDS = /(?<=,)(?=")/;

const MARKED = /^(\s*)(.*?)\s*(?:\/\/|#) \{\{ (.+?) \}\}\s*(.*)$/;
const CONDITION = /^if (.+)$/;
const COMMENT = /^(?:\/\/|#) /;
const ASSIGNMENT = /^(.*? :?= )(?:.*?)(;?)$/;

/** @throws Error for an unknown or malformed mark */
export function fill(template: string, facts: Facts, literals: Literals): string {
  const regions: boolean[] = [];
  const lines = template.split('\n').map((line) => {
    const region = regionMark(line);
    if (region === undefined) return regions.includes(false) ? undefined : filledLine(line, facts, literals);
    if (region === 'end') regions.pop();
    else regions.push(isTrue(region, facts));
    return undefined;
  });
  if (regions.length > 0) throw new Error('a region of the template has no {{ end }}');
  return joined(lines);
}

/** The condition of a region that begins in this line, or `end`. */
function regionMark(line: string): string | undefined {
  const [, , code, mark = '', rest] = MARKED.exec(line) ?? [];
  if (code !== '' || rest !== '') return undefined;
  return mark === 'end' ? mark : CONDITION.exec(mark)?.[1];
}

/** Removes the empty lines after removed lines, so that no double empty line remains. */
function joined(lines: readonly (string | undefined)[]): string {
  const kept: string[] = [];
  let isAfterGap = false;
  for (const line of lines) {
    if (line === undefined) isAfterGap ||= kept.at(-1) === '';
    else if (line !== '' || !isAfterGap) {
      kept.push(line);
      isAfterGap = false;
    }
  }
  return kept.join('\n');
}

/** undefined if the line is removed. */
function filledLine(line: string, facts: Facts, literals: Literals): string | undefined {
  const [, indent = '', code = '', mark, rest = ''] = MARKED.exec(line) ?? [];
  if (mark === undefined) return line;
  if (code !== '' && rest !== '') throw new Error(`the template has text after a mark: ${line}`);
  const condition = CONDITION.exec(mark)?.[1];
  if (condition === undefined) return withValue(indent, code, { value: factOf(mark, facts), literals });
  return isTrue(condition, facts) ? filledLine(indent + (code || rest), facts, literals) : undefined;
}

interface Filling {
  readonly value: Fact;
  readonly literals: Literals;
}

function withValue(indent: string, code: string, { value, literals: { quoted, joint, step } }: Filling): string {
  if (typeof value !== 'string') return indent + code;
  const [comment] = COMMENT.exec(code) ?? [];
  if (comment !== undefined) return indent + comment + value;
  const [, name, end] = ASSIGNMENT.exec(code) ?? [];
  if (name === undefined) throw new Error(`the template has a value mark on a line without an assignment: ${code}`);
  const line = `${indent}${name}${quoted(value)}${end}`;
  if (line.length <= LINE_LENGTH_MAX) return line;
  return `${indent}${name}${value.split(FIELDS).map(quoted).join(`${joint}\n${indent}${step}`)}${end}`;
}

function isTrue(condition: string, facts: Facts): boolean {
  return condition.split(' or ').some((all) => all.split(' and ').every((term) => isTermTrue(term, facts)));
}

function isTermTrue(term: string, facts: Facts): boolean {
  const [, not, name = ''] = /^(not )?(.*)$/.exec(term) ?? [];
  const fact = factOf(name, facts);
  return (fact !== undefined && fact !== false) === (not === undefined);
}

function factOf(name: string, facts: Facts): Fact {
  if (!(name in facts)) throw new Error(`the template has an unknown mark: ${name}`);
  return facts[name];
}

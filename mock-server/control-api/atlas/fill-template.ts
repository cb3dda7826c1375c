/**
 * Fills a template: a program that runs as it is, with marks in its comments (after `//` or `#`). The same for every language.
 *
 *     // {{ if a }} … // {{ end }}     lines of their own: what is between them stays where `a` holds
 *     code // {{ if a }}               the line stays where `a` holds
 *     // {{ if a }} code               the line is code where `a` holds, and gone where it does not
 *     name = value // {{ a }}          the value is replaced by the text `a`, if there is one
 *     // words // {{ a }}              the words are replaced by it
 *
 * A condition is names joined by `and`, `or` and `not`; `and` binds tighter than `or`. Regions can contain regions.
 */

/** By name: a text is a value, and holds as a condition; `undefined` and `false` do not hold. */
export type Facts = Readonly<Record<string, Fact>>;
type Fact = string | boolean | undefined;

/** How a language writes a text. */
export interface Literals {
  readonly quoted: (text: string) => string;
  /** Between two texts that are one, at the end of a line. */
  readonly joint: string;
  /** How much deeper the next line is indented. */
  readonly step: string;
}

// A long text is written as several, one a line.
const LINE_LENGTH_MAX = 120;
/** Between the fields of a JSON text. */
const FIELDS = /(?<=,)(?=")/;

const MARKED = /^(\s*)(.*?)\s*(?:\/\/|#) \{\{ (.+?) \}\}\s*(.*)$/;
const CONDITION = /^if (.+)$/;
const COMMENT = /^(?:\/\/|#) /;
const ASSIGNMENT = /^(.*? :?= )(?:.*?)(;?)$/;

/** @throws Error for a mark that is not known, or that cannot be read */
export function fill(template: string, facts: Facts, literals: Literals): string {
  const regions: boolean[] = [];
  const lines = template.split('\n').map((line) => {
    const region = regionMark(line);
    if (region === undefined) return regions.includes(false) ? undefined : filledLine(line, facts, literals);
    if (region === 'end') regions.pop();
    else regions.push(holds(region, facts));
    return undefined;
  });
  if (regions.length > 0) throw new Error('a region of the template has no end');
  return joined(lines);
}

/** The condition of a region that begins here, or `end`. */
function regionMark(line: string): string | undefined {
  const [, , code, mark = '', rest] = MARKED.exec(line) ?? [];
  if (code !== '' || rest !== '') return undefined;
  return mark === 'end' ? mark : CONDITION.exec(mark)?.[1];
}

/** Where lines are left out between empty lines, those behind them are left out as well. */
function joined(lines: readonly (string | undefined)[]): string {
  const kept: string[] = [];
  let isBehindGap = false;
  for (const line of lines) {
    if (line === undefined) isBehindGap ||= kept.at(-1) === '';
    else if (line !== '' || !isBehindGap) {
      kept.push(line);
      isBehindGap = false;
    }
  }
  return kept.join('\n');
}

/** undefined where the line is left out. */
function filledLine(line: string, facts: Facts, literals: Literals): string | undefined {
  const [, indent = '', code = '', mark, rest = ''] = MARKED.exec(line) ?? [];
  if (mark === undefined) return line;
  if (code !== '' && rest !== '') throw new Error(`the template has more behind a mark: ${line}`);
  const condition = CONDITION.exec(mark)?.[1];
  if (condition === undefined) return withValue(indent, code, { value: factOf(mark, facts), literals });
  return holds(condition, facts) ? filledLine(indent + (code || rest), facts, literals) : undefined;
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
  if (name === undefined) throw new Error(`the template has a value where nothing is assigned: ${code}`);
  const line = `${indent}${name}${quoted(value)}${end}`;
  if (line.length <= LINE_LENGTH_MAX) return line;
  return `${indent}${name}${value.split(FIELDS).map(quoted).join(`${joint}\n${indent}${step}`)}${end}`;
}

function holds(condition: string, facts: Facts): boolean {
  return condition.split(' or ').some((all) => all.split(' and ').every((term) => termHolds(term, facts)));
}

function termHolds(term: string, facts: Facts): boolean {
  const [, not, name = ''] = /^(not )?(.*)$/.exec(term) ?? [];
  const fact = factOf(name, facts);
  return (fact !== undefined && fact !== false) === (not === undefined);
}

function factOf(name: string, facts: Facts): Fact {
  if (!(name in facts)) throw new Error(`the template has a mark that is not known: ${name}`);
  return facts[name];
}

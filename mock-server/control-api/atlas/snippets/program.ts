/** A program put together: of what a language has ready, that which is needed. */
import type { Plan } from '../plan.js';
import type { Made } from '../request-plan.js';

/** Something that a program has where something else of it names it: an import, a function, what functions share. */
export interface Part {
  /** How the others name it. */
  readonly mark: RegExp;
  readonly text: string;
}

/** Functions by their names. */
export function functions(texts: Readonly<Record<string, string>>): readonly Part[] {
  return Object.entries(texts).map(([name, text]) => called(name, text));
}

export function called(name: string, text: string): Part {
  return { mark: new RegExp(`\\b${name}\\(`), text };
}

export interface Stock {
  readonly functions: readonly Part[];
  readonly shared: readonly Part[];
  readonly imports: readonly Part[];
  /** What the language calls a constant. */
  readonly nameOf?: (name: string) => string;
}

/** Of what there is, that which the main program needs, directly or by others, in the order of the stock. */
export function needed({ constants }: Plan, main: string, stock: Stock) {
  const { nameOf = (name) => name } = stock;
  const own = grown(main, stock.functions);
  const shared = named(stock.shared, textOf([main, ...own]));
  const code = textOf([main, ...own, ...shared]);
  return {
    imports: named(stock.imports, code),
    constants: constants.filter(({ name }) => new RegExp(`\\b${nameOf(name)}\\b`).test(code)),
    shared,
    body: own,
  };
}

function grown(main: string, stock: readonly Part[]): readonly string[] {
  let before: readonly string[] = [];
  for (;;) {
    const found = named(stock, textOf([main, ...before]));
    if (found.length === before.length) return found;
    before = found;
  }
}

function named(parts: readonly Part[], code: string): readonly string[] {
  return parts.filter(({ mark }) => mark.test(code)).map(({ text }) => text);
}

/** Without comments, which name things, too. */
function textOf(texts: readonly string[]): string {
  return texts.join('\n').replace(/^\s*(?:\/\/|\/\*\*|#|""").*$/gm, '');
}

/** `msgId` as `msg_id`. */
export function snakeCase(name: string): string {
  return name.replace(/(?<=[a-z\d])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
}

/** What is made, in one go; the text that is signed is worth a line of its own. */
export function assignmentsOf(
  made: readonly Made[],
  {
    sum,
    assign,
    call,
  }: {
    readonly sum: (made: Made) => string;
    readonly assign: (name: string, value: string) => string;
    readonly call: (made: Made, text: string) => string;
  },
): readonly string[] {
  return made.flatMap((one) =>
    one.name === 'sign'
      ? [assign('text', sum(one)), assign('sign', call(one, 'text'))]
      : [assign(one.name, call(one, sum(one)))],
  );
}

/** The comment at the top, below what each of its lines begins with. */
export function opening(
  { says }: Plan,
  { start, needs, run }: { readonly start: string; readonly needs: string; readonly run: string },
): string {
  return [...says, `${needs}. Run: ${run}`].map((line) => start + line).join('\n');
}

/** Blocks with an empty line between them, and a line end behind the last. */
export function joined(blocks: readonly string[], gap = '\n\n'): string {
  return `${blocks.filter((block) => block !== '').join(gap)}\n`;
}

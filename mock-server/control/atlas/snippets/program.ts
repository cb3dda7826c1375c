/** A program put together: of what a language has ready, that which is needed. */
import type { Plan } from '../plan.js';
import type { Made } from '../request-plan.js';

/** A function, or a constant that functions share. */
export interface Piece {
  /** How the others refer to it. */
  readonly mark: RegExp;
  readonly text: string;
}

/** What stands in the program because something else names it. */
export interface Import {
  readonly mark: RegExp;
  readonly text: string;
}

/** Functions by their names. */
export function functions(texts: Readonly<Record<string, string>>): readonly Piece[] {
  return Object.entries(texts).map(([name, text]) => called(name, text));
}

export function called(name: string, text: string): Piece {
  return { mark: new RegExp(`\\b${name}\\(`), text };
}

/** Those of the pieces that the beginning calls, directly or by others, in the order of the list. */
export function needed(beginning: string, pieces: readonly Piece[]): readonly Piece[] {
  const grow = (found: readonly Piece[]): readonly Piece[] => {
    const text = [beginning, ...found.map((piece) => piece.text)].join('\n');
    const grown = pieces.filter(({ mark }) => mark.test(text));
    return grown.length === found.length ? found : grow(grown);
  };
  return grow([]);
}

export function textsOf(parts: readonly { readonly text: string }[]): readonly string[] {
  return parts.map(({ text }) => text);
}

/** The texts of those whose mark is in the code. */
export function marked(imports: readonly Import[], code: string): readonly string[] {
  return textsOf(imports.filter(({ mark }) => mark.test(code)));
}

/** The constants that the code names. */
export function constantsIn(
  { constants }: Plan,
  { code, nameOf = (name) => name }: { readonly code: string; readonly nameOf?: (name: string) => string },
): Plan['constants'] {
  return constants.filter(({ name }) => new RegExp(`\\b${nameOf(name)}\\b`).test(code));
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
export function opening({ says }: Plan, { start, runs }: { readonly start: string; readonly runs: string }): string {
  return [...says, runs].map((line) => start + line).join('\n');
}

/** Blocks with an empty line between them, and a line end behind the last. */
export function joined(blocks: readonly string[], gap = '\n\n'): string {
  return `${blocks.filter((block) => block !== '').join(gap)}\n`;
}

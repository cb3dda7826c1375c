/** Every exported name is documented, and every TypeScript text that users copy compiles. The compiler runs once for all of them. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { blocksOf } from '../../support/pages.js';
import { CLIENT_COMPILES, CLIENT_DOES_NOT_COMPILE, clientModule } from './client.js';
import { ENTRIES, type Entry, errorsIn, exportedNames } from './compiler.js';

const NAMES = exportedNames();
const EXAMPLES = NAMES.flatMap(({ examples }) => examples);

/** The values that the examples of the pages use. */
const PREAMBLE = `declare const tokenFromThePhone: string;
declare const anotherToken: string;
declare const token: string;
declare const appSecret: string;
declare const userInformation: string;
declare function signIn(phoneNumber: string): void;
declare const vault: { read(name: string): Promise<string> };
declare const kms: { sign(text: string, algorithm: string): Promise<string> };
interface Span { setAttribute(name: string, value: string): this; end(): void }
declare const tracer: { startSpan(name: string): Span };
declare const logger: { info(fields: object, message: string): void };
declare const histogram: { observe(labels: Record<string, string>, value: number): void };
`;

function textsOf(page: string): readonly string[] {
  return blocksOf(page).flatMap(({ language, code }) => (language === 'ts' ? [code] : []));
}

interface TextRow {
  readonly from: string;
  readonly texts: readonly string[];
}

const VALID: readonly TextRow[] = [
  { from: 'the examples in docstrings', texts: EXAMPLES },
  ...['docs/reference/client.md', 'docs/how-to/client-in-production.md', 'src/README.md'].map(
    (page) => ({
      from: page,
      texts: textsOf(page).map((code) => PREAMBLE + code),
    }),
  ),
  ...[
    'docs/how-to/javascript.md',
    'docs/start/typescript.md',
    'docs/reference/javascript-api.md',
  ].map((page) => ({
    from: page,
    texts: textsOf(page),
  })),
  {
    from: 'examples/typescript/sign-in.ts, which handles every outcome',
    texts: [readFileSync('examples/typescript/sign-in.ts', 'utf8')],
  },
  ...CLIENT_COMPILES.map(({ description, text }) => ({
    from: `the client’s types, ${description}`,
    texts: [clientModule(text)],
  })),
];

interface InvalidRow {
  readonly description: string;
  readonly text: string;
  /** Texts in the errors, one of each: of the line or of the message. */
  readonly lines: readonly string[];
}

const INVALID: readonly InvalidRow[] = [
  {
    description: 'an argument of another type',
    text: "import { connectMock } from 'cmpassport-mock/control'; connectMock(1);",
    lines: ['connectMock(1)'],
  },
  {
    description: 'a name that is not exported',
    text: "import { nothing } from 'cmpassport-mock/control'; nothing();",
    lines: ['nothing'],
  },
  ...CLIENT_DOES_NOT_COMPILE.map(({ description, text, message = 'export function used' }) => ({
    description,
    text: clientModule(text),
    lines: [message],
  })),
];

const ERRORS = errorsIn([
  ...VALID.flatMap(({ texts }) => texts),
  ...INVALID.map(({ text }) => text),
]);

describe.each(Object.keys(ENTRIES) as Entry[])('%s', (entry) => {
  const names = NAMES.filter((name) => name.entry === entry);

  test('has exports', () => {
    expect(names).not.toHaveLength(0);
  });

  test.each(names)('$name has a docstring', ({ documentation }) => {
    expect(documentation).not.toBe('');
  });

  test.each(names.filter(({ isFunction }) => isFunction))(
    '$name has an example',
    ({ examples }) => {
      expect(examples).not.toHaveLength(0);
    },
  );
});

test.each(VALID)('compiles: $from', ({ texts }) => {
  expect(texts).not.toHaveLength(0);
  expect(texts.flatMap((text) => ERRORS.get(text))).toEqual([]);
});

test.each(INVALID)('does not compile: $description', ({ text, lines }) => {
  expect(ERRORS.get(text)).toEqual(lines.map((line) => expect.stringContaining(line)));
});

/** Texts designed to be slow to parse: each further character takes a bounded number of steps, in code and in regular expressions. */
import { compileIpWhitelist } from '../../mock-server/carrier/engine/ip-whitelist.js';
import { parseScript } from '../../mock-server/carrier/outcomes/script.js';
import { readCapture } from '../../mock-server/cli/explain/capture/read-capture.js';
import { readAppFile } from '../../mock-server/cli/explain/files.js';
import { judgeCapture } from '../../mock-server/cli/explain/judge-capture.js';
import { knownHosts } from '../../mock-server/control-api/access.js';
import { partsIn } from '../../mock-server/explain/body-kind.js';
import { explain } from '../../mock-server/explain/explain.js';
import { schemaProblem } from '../../mock-server/schemas/schema-problem.js';
import { VALIDATORS } from '../../mock-server/schemas/validators.js';
import { checkPhoneNumber } from '../../src/client/check.js';
import { WHITELIST_LENGTH_MAX } from '../../src/control/calls/settings.js';
import { loginBody, verifyBody } from '../support/engine.js';
import { subjectFor } from '../support/explain.js';
import { type Steps, stepsOf } from '../support/steps.js';
import '../support/steps.js';
import { describe, expect, test } from 'vitest';

// The lowest length limit of all readers.
const LONG = WHITELIST_LENGTH_MAX;
const SHORT = LONG / 4;
// The readers take up to 101 steps and 82 backtracks per further character. Quadratic work takes hundreds and thousands.
const CODE_STEPS_PER_CHARACTER_MAX = 150;
const BACKTRACKS_PER_CHARACTER_MAX = 250;
const GROUP = 3;

interface Text {
  readonly description: string;
  readonly piece: string;
}

/** Runs of one kind of character, which make regular expressions backtrack. */
const RUNS: readonly Text[] = [
  { description: 'spaces', piece: ' ' },
  { description: 'tabs and line feeds', piece: '\t\n' },
  { description: 'digits', piece: '17' },
  { description: 'equals signs', piece: '=' },
  { description: 'dashes', piece: ' - ' },
  { description: 'escapes', piece: '%41' },
  { description: 'open quotes', piece: '\\"' },
  { description: 'commas', piece: ',' },
  { description: 'names of a form', piece: 'a=b&' },
  { description: 'brackets', piece: '[{' },
  { description: 'slashes', piece: '/' },
  { description: 'carriage returns', piece: '\r' },
  { description: 'single quotes', piece: " '" },
  { description: 'other fields', piece: ' msgid:' },
  { description: 'closing brackets', piece: ')]}' },
];

/** Names and values as tools wrap them. */
const WRAPPINGS: readonly Text[] = [
  { description: 'variables', piece: '"$a' },
  { description: 'maps', piece: '{a=' },
  { description: 'entities', piece: 'appid&quot;' },
  { description: 'cells', piece: '</td><td ' },
  { description: 'bytes', piece: 'appid\\x22' },
  { description: 'indexes', piece: "['a" },
  { description: 'pairs', piece: '[a, ' },
  { description: 'pairs in quotes', piece: "('a', '" },
  { description: 'elements', piece: '<a>' },
];

/** Also parts of captures, and starts without an end. */
const TEXTS: readonly Text[] = [
  ...RUNS,
  ...WRAPPINGS,
  { description: 'parts of a form without an end', piece: 'content-disposition: name=a\n\n' },
  { description: 'chunks', piece: '1\nx\n' },
  { description: 'headers', piece: 'a: b\n' },
  { description: 'options', piece: ' -H' },
  { description: 'escaped single quotes', piece: "\\'" },
  { description: 'bytes of a shell', piece: '\\xe4' },
  { description: 'carets', piece: '^"' },
  { description: 'fields', piece: 'appid=1 ' },
  { description: 'requests', piece: '{version=2.0, msgid=1, appid=3}' },
  { description: 'responses', piece: 'resultCode=103101,' },
  { description: 'addresses', piece: 'POST /unisdk/ ' },
];

// Makes a match of the preceding text fail.
const END = '\u0000\rx';

/** The pieces twice: at the start of the text, and after another character. */
function textOf(piece: string, length: number): string {
  const half = piece.repeat(length).slice(0, length / 2 - END.length) + END;
  return half + half;
}

/** A name as each kind of wrapping leaves it. */
const WRAPPED = [
  'appid&quot;',
  '&amp;appid=',
  '<td>appid</td>',
  'appid\\x22',
  'appid%22',
  'appid\\"',
  '""appid""',
  'appid“',
  'appid\u200b',
  'eyJ',
  'version\tmsgid\tappid\n',
  '<appid>',
  "['appid', '",
  '[appid, ',
];

const APP_FILE = readAppFile('app.json', { platformKey: undefined, read: () => '{"appId":"1"}' });

interface Reader {
  readonly reader: string;
  readonly read: (text: string) => unknown;
  /** Without them, all. */
  readonly texts?: readonly Text[];
}

const READERS: readonly Reader[] = [
  ...(['token', 'sign', 'msgid', 'systemtime'] as const).map((field) => ({
    reader: `the explanation of login’s ${field}`,
    read: (text: string) =>
      explain(subjectFor('loginTokenValidate', loginBody({ [field]: text })), 'en'),
    texts: RUNS,
  })),
  ...(['phoneNum', 'token'] as const).map((field) => ({
    reader: `the explanation of verify’s ${field}`,
    read: (text: string) =>
      explain(subjectFor('tokenValidate', verifyBody({ body: { [field]: text } })), 'zh'),
    texts: RUNS,
  })),
  {
    reader: 'the explanation of a field’s name',
    read: (text) => explain(subjectFor('loginTokenValidate', loginBody({ [text]: 'x' })), 'en'),
  },
  {
    reader: 'the explanation of a body that is not JSON',
    read: (text) => explain(subjectFor('loginTokenValidate', text), 'en'),
  },
  {
    reader: 'the check of a control body',
    read: (text) =>
      schemaProblem(VALIDATORS.CreateApp, { [text]: 1, appId: text, controlToken: text }),
  },
  { reader: 'the whitelist parser', read: (text) => compileIpWhitelist(text)('127.0.0.1') },
  { reader: 'the script parser', read: (text) => parseScript('tokenValidate', text) },
  { reader: 'the check of a Host header', read: knownHosts(['mock.example.com']) },
  ...[
    { reader: 'a text that is not a capture', head: '' },
    { reader: 'a captured HTTP message: the request line', head: 'POST /' },
    { reader: 'a captured HTTP message: the headers', head: 'POST /x HTTP/1.1\na: ' },
    { reader: 'a captured HTTP message: the length', head: 'POST /x HTTP/1.1\ncontent-length: ' },
    {
      reader: 'a captured HTTP message: a size',
      head: 'POST /x HTTP/1.1\ntransfer-encoding: chunked\n\n1',
    },
    { reader: 'a captured curl command: the program', head: '$ /bin/' },
    { reader: 'a captured curl command: the words', head: 'curl http://x -d ' },
    { reader: 'a captured curl command: the address', head: 'curl ' },
    { reader: 'a captured curl command: an open quote', head: "curl http://x -d '" },
    { reader: 'a captured curl command: open double quotes', head: 'curl http://x -d "' },
    { reader: "a captured curl command: an open $'", head: "curl http://x -d $'" },
    { reader: 'a captured curl command: a file of Base64', head: 'curl http://x -d @<(echo ' },
    { reader: 'a captured body', head: '{"appid":"' },
    { reader: 'a text with fields: a bare value', head: 'req appid=' },
    { reader: 'a text with fields: a quoted value', head: "req {'appid': '" },
    { reader: 'a text with fields: an object', head: 'req {version=2.0, msgid=1, appid=2, token=' },
    {
      reader: 'a text with fields: an object on lines',
      head: 'req {"version":"2.0",\n"msgid":"1",\n"appid":',
    },
    { reader: 'a text with fields: columns', head: 'version,msgid,appid,token\n' },
    { reader: 'a text with fields: a response', head: 'version=2.0 msgid=1 appid=2 resultCode=' },
    {
      reader: 'a text with fields: an address',
      head: 'version=2.0 msgid=1 appid=2 https://x/unisdk/',
    },
    { reader: 'a captured body in a list', head: '[{"method":' },
  ].map(({ reader, head }) => ({ reader, read: (text: string) => readCapture(head + text) })),
  ...WRAPPED.map((name) => ({
    reader: `a wrapped text with fields: ${name}`,
    read: (text: string) => readCapture(`req ${name}${text}`),
    texts: [...RUNS, ...WRAPPINGS],
  })),
  ...[
    { reader: 'a captured curl command: data', word: (text: string) => `-d $'${text}'` },
    { reader: 'a captured curl command: a header', word: (text: string) => `-H $'${text}'` },
    {
      reader: 'a captured curl command: an address in quotes',
      word: (text: string) => `$'${text}'`,
    },
  ].map(({ reader, word }) => ({
    reader,
    read: (text: string) => readCapture(`curl ${word(text)} -d '${text}'`),
  })),
  {
    reader: 'a captured description',
    read: (text) =>
      readCapture(
        JSON.stringify({
          method: text,
          url: text,
          headers: [{ name: text, value: text }],
          body: text,
          receivedAt: text,
        }),
      ),
  },
  {
    reader: 'a captured HAR file',
    read: (text) =>
      readCapture(
        JSON.stringify({ log: { entries: [{ request: { url: text, postData: { text } } }] } }),
      ),
  },
  {
    reader: 'the explanation of a capture',
    read: (text) => {
      const headers = ['Content-Type', text, 'Content-Length', text];
      const capture = {
        method: text,
        path: '/unisdk/rsapi/loginTokenValidate',
        rawHeaders: headers,
        body: text,
      };
      return judgeCapture({
        capture: { ...capture, clientIp: text, atMs: undefined },
        file: APP_FILE,
        clientIp: undefined,
        phoneNumber: undefined,
        nowMs: 0,
      });
    },
  },
  { reader: 'the parts of a multipart body', read: partsIn },
  { reader: 'the client’s check of a phone number', read: (text) => checkPhoneNumber(`86${text}`) },
];

test.each(READERS)(
  '$reader takes a number of steps proportional to the length of the text',
  ({ read, texts = TEXTS }) => {
    const runOf = (group: readonly Text[], length: number) =>
      runAll(group.map(({ piece }) => textOf(piece, length)).map((text) => () => read(text)));
    const slowOf = (groups: readonly (readonly Text[])[]) =>
      stepsOf(groups.map((group) => runOf(group, LONG))).flatMap((long, at) => {
        const group = groups[at] ?? [];
        return tooMany(long, runOf(group, SHORT)).map((what) => ({ group, what }));
      });
    const suspects = new Set(slowOf(inGroups(texts, GROUP)).flatMap(({ group }) => group));
    expect(slowOf(inGroups([...suspects], 1))).toEqual([]);
  },
);

/** Reading the counters takes as long as some runs, so a text runs alone only if its group takes too many steps together. */
function inGroups(texts: readonly Text[], size: number): readonly (readonly Text[])[] {
  return texts.flatMap((_, at) => (at % size === 0 ? [texts.slice(at, at + size)] : []));
}

/** An error ends only its own run. */
function runAll(runs: readonly (() => unknown)[]): () => void {
  return () => {
    for (const run of runs) {
      try {
        run();
      } catch {
        // The steps before the error count.
      }
    }
  };
}

const NO_STEPS: Steps = { code: 0, backtracks: new Map() };

/** The names of what takes too many steps per further character. If the long text takes few, the short one need not run. */
function tooMany(long: Steps, runShort: () => unknown): readonly string[] {
  if (excess(long, NO_STEPS).length === 0) return [];
  const [short = NO_STEPS] = stepsOf([runShort]);
  return excess(long, short);
}

function excess(long: Steps, short: Steps): readonly string[] {
  const perCharacter = (longCount: number, shortCount: number) =>
    (longCount - shortCount) / (LONG - SHORT);
  const regExps = [...long.backtracks]
    .filter(
      ([name, count]) =>
        perCharacter(count, short.backtracks.get(name) ?? 0) > BACKTRACKS_PER_CHARACTER_MAX,
    )
    .map(([name]) => name);
  return perCharacter(long.code, short.code) > CODE_STEPS_PER_CHARACTER_MAX
    ? [...regExps, 'code']
    : regExps;
}

describe('the counter', () => {
  const growth = (regExp: RegExp, piece: string) => {
    const runs = [200, 800].map((length) => () => regExp.test(textOf(piece, length)));
    const [short = 0, long = 0] = stepsOf(runs).map(({ backtracks }) =>
      backtracks.get(String(regExp)),
    );
    return long / short;
  };

  test.each([
    { description: 'white space up to the end', regExp: /\s+$/, piece: ' ' },
    { description: 'digits before a letter', regExp: /\d+x/, piece: '1' },
    { description: 'quotes without an end', regExp: /"(?:[^"\\]|\\.)*"/, piece: '\\"' },
    { description: 'two repetitions in a row', regExp: /^a.*b.*c/, piece: 'ab' },
  ])('finds quadratic backtracking: $description', ({ regExp, piece }) => {
    expect(growth(regExp, piece)).toBeGreaterThanOrEqual(8);
  });

  test.each([
    { description: 'an anchor', regExp: /^\s+x/, piece: ' ' },
    { description: 'one character', regExp: /[*xX]/, piece: '1' },
    { description: 'a sticky expression', regExp: /\s*,/y, piece: ' ' },
  ])('finds at most linear backtracking: $description', ({ regExp, piece }) => {
    expect(growth(regExp, piece)).toBeLessThanOrEqual(4);
  });

  test('ends a run with exponential backtracking', () => {
    const [steps] = stepsOf([() => /^(?:a+)+$/.test(textOf('a', 100))]);
    expect([...(steps?.backtracks.values() ?? [])]).toEqual([Number.POSITIVE_INFINITY]);
  });

  test('counts each iteration of a loop in the product’s code', () => {
    const entries = [100, 200].map((count) =>
      Array.from({ length: count }, () => '1.1.1.1').join(),
    );
    const [short, long] = stepsOf(entries.map((text) => () => compileIpWhitelist(text))).map(
      ({ code }) => code,
    );
    expect((long ?? 0) / (short ?? 0)).toBeCloseTo(2, 0);
  });

  test('counts the characters that a built-in method reads', () => {
    const texts = ['x', 'xy'].map((piece) => piece.repeat(1000));
    expect(stepsOf(texts.map((text) => () => text.indexOf('y'))).map(({ code }) => code)).toEqual([
      1000, 2,
    ]);
  });
});

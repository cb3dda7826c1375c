/**
 * An XML parser that refuses documents that are not well formed. It supports the part of XML 1.0 that reports use. The
 * results as JSON: the causes, and each result with its message in the language of the run.
 */
import { expect, test } from 'vitest';
import { jsonReport } from '../../../contracts/report/json.js';
import { junitReport } from '../../../contracts/report/junit.js';
import { modelOf } from '../../../contracts/report/model.js';
import {
  DISABLED,
  ERRED,
  FAILED,
  OPEN,
  PASSED,
  REPORTED,
  RUN,
  runOf,
  SKIPPED,
  WARNED,
} from './run.js';

interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';
// XML 1.0, 2.2, without the control characters of Latin-1.
const CHARACTERS = /^[\t\n\r\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;
const PART =
  /<(?<end>\/)?(?<name>[a-z-]+)(?<attributes>(?: [a-z]+="[^"<]*")*)(?<empty>\/)?>|(?<text>[^<>]+)/y;
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

interface Open {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

function readXml(document: string): XmlElement {
  if (!document.startsWith(DECLARATION)) throw new SyntaxError('no XML declaration');
  if (!CHARACTERS.test(document)) throw new SyntaxError('a character that XML does not allow');
  const root: Open = { name: '', attributes: {}, children: [], text: '' };
  const stack = [root];
  for (const part of partsOf(document.slice(DECLARATION.length))) take(stack, part);
  const [first, ...others] = root.children;
  if (stack.length > 1 || first === undefined || others.length > 0)
    throw new SyntaxError('not one closed element');
  if (root.text.trim() !== '') throw new SyntaxError('text outside the root element');
  return first;
}

function* partsOf(body: string): Generator<Readonly<Record<string, string | undefined>>> {
  const pattern = new RegExp(PART);
  while (pattern.lastIndex < body.length) {
    const at = pattern.lastIndex;
    const groups = pattern.exec(body)?.groups;
    if (groups === undefined)
      throw new SyntaxError(`not well formed at ${at}: ${body.slice(at, at + 40)}`);
    yield groups;
  }
}

function take(
  stack: Open[],
  { end, name, attributes, empty, text }: Readonly<Record<string, string | undefined>>,
): void {
  const inner = stack.at(-1);
  if (inner === undefined) throw new SyntaxError('an unmatched end tag');
  if (text !== undefined) inner.text += resolved(text);
  else if (end !== undefined) close(stack, inner, name ?? '');
  else {
    const opened: Open = {
      name: name ?? '',
      attributes: attributesOf(attributes ?? ''),
      children: [],
      text: '',
    };
    inner.children.push(opened);
    if (empty === undefined) stack.push(opened);
  }
}

function close(stack: Open[], inner: Open, name: string): void {
  if (inner.name !== name) throw new SyntaxError(`</${name}> closes <${inner.name}>`);
  stack.pop();
}

function attributesOf(text: string): Readonly<Record<string, string>> {
  const found = Array.from(
    text.matchAll(/ ([a-z]+)="([^"]*)"/g),
    ([, name = '', value = '']) => [name, value] as const,
  );
  if (new Set(found.map(([name]) => name)).size !== found.length)
    throw new SyntaxError('a duplicate attribute');
  // XML parsers replace literal white space in attributes with spaces.
  return Object.fromEntries(
    found.map(([name, value]) => [name, resolved(value.replace(/[\t\n\r]/g, ' '))]),
  );
}

function resolved(text: string): string {
  return text.replace(/&(?:#(\d+)|([a-z]+));|&/g, (found, code?: string, name = '') => {
    if (code !== undefined) return String.fromCodePoint(Number(code));
    const character = ENTITIES[name];
    if (character === undefined) throw new SyntaxError(`an unknown reference: ${found}`);
    return character;
  });
}

/** All elements with a name, at any depth, in order. */
function elementsOf(element: XmlElement, name: string): readonly XmlElement[] {
  const own = element.name === name ? [element] : [];
  return [...own, ...element.children.flatMap((child) => elementsOf(child, name))];
}

test('the file has the counts, the causes and every result with its message', () => {
  const report = JSON.parse(jsonReport(modelOf(RUN, 'en')));
  expect(report).toMatchObject({
    suite: 'provider',
    counts: { pass: 3, fail: 1, warn: 1, skip: 1, disabled: 1, error: 1 },
    basis: { documented: 1, observed: 0, inferred: 0, assumed: 1 },
    verdict: expect.stringContaining('Exit status 2'),
  });
  expect(report.results.map(({ id }: { readonly id: string }) => id)).toEqual(
    RUN.results.map(({ id }) => id),
  );
  const failed = report.results.find(({ id }: { readonly id: string }) => id === FAILED.id);
  expect(failed).toMatchObject({ status: 'fail', level: 'MUST', finding: { id: 'sign.case' } });
  expect(failed.message).toContain('resultCode: expected 302, received 000');
  const [cause] = report.causes;
  expect(cause).toMatchObject({ kind: 'no-answer', failed: 1, warned: 0, reported: 0 });
  expect(cause.cases).toHaveLength(1);
});

test('the file has no data that only the causes need', () => {
  const source = { ...WARNED.source, observation: 'http-200' };
  const clause = { level: WARNED.level, basis: WARNED.basis, source };
  const differences = WARNED.differences.map((difference) => ({
    ...difference,
    field: 'x',
    clause,
  }));
  const text = jsonReport(modelOf(runOf(ERRED, { ...WARNED, source, differences }), 'en'));
  for (const name of ['callReason', 'observation', 'field'])
    expect(text).not.toContain(`"${name}"`);
  expect(text).toContain('a path that does not exist');
});

test('the texts are in Chinese on request, and a run without problems has no causes', () => {
  const { results } = JSON.parse(jsonReport(modelOf(runOf(FAILED), 'zh')));
  expect(results[0].message).toContain('期望 302');
  expect(results[0].differences[1]).toEqual({
    rule: 'charged',
    at: 'charged',
    about: 'charged',
    expected: '0 次',
    received: '1 次',
  });
  expect(JSON.parse(jsonReport(modelOf(runOf(PASSED), 'en'))).causes).toEqual([]);
});

test('characters that control a terminal are JSON escapes', () => {
  const answer = '\u202e\u009b31m\u200b';
  const text = jsonReport(modelOf(runOf({ ...FAILED, answer }), 'en'));
  expect(text).not.toMatch(/[^\n\P{Cc}]|\p{Cf}/u);
  expect(JSON.parse(text).results[0].answer).toBe(answer);
});

// JUnit XML: well formed for every response of a carrier, and only with elements that its readers know.

/** The elements and attributes of Jenkins' junit-10.xsd. */
const ALLOWED: Readonly<
  Record<string, { readonly attributes: readonly string[]; readonly children: readonly string[] }>
> = {
  testsuites: {
    attributes: ['name', 'time', 'tests', 'failures', 'errors'],
    children: ['testsuite'],
  },
  testsuite: {
    attributes: ['name', 'tests', 'failures', 'errors', 'skipped', 'time', 'timestamp'],
    children: ['testcase'],
  },
  testcase: {
    attributes: ['name', 'time', 'classname'],
    children: ['failure', 'error', 'skipped', 'system-out'],
  },
  failure: { attributes: ['message', 'type'], children: [] },
  error: { attributes: ['message', 'type'], children: [] },
  skipped: { attributes: ['message', 'type'], children: [] },
  'system-out': { attributes: [], children: [] },
};

function unknownPartsIn({ name, attributes, children }: XmlElement): readonly string[] {
  const allowed = ALLOWED[name];
  return [
    ...Object.keys(attributes).filter((one) => !allowed?.attributes.includes(one)),
    ...children
      .filter((child) => !allowed?.children.includes(child.name))
      .map((child) => child.name),
    ...children.flatMap(unknownPartsIn),
  ];
}

function xmlOf(run = RUN, lang: 'en' | 'zh' = 'en'): XmlElement {
  return readXml(junitReport(modelOf(run, lang)));
}

function caseIn(root: XmlElement, id: string): XmlElement | undefined {
  return elementsOf(root, 'testcase').find(({ attributes }) => attributes['name'] === id);
}

test('every element and attribute is one that the readers expect', () => {
  expect(unknownPartsIn(xmlOf())).toEqual([]);
});

test('there is a suite for each operation, with its counts', () => {
  const root = xmlOf();
  expect(root.attributes).toMatchObject({ tests: '8', failures: '1', errors: '1', time: '3.200' });
  expect(elementsOf(root, 'testsuite').map(({ attributes }) => attributes)).toEqual([
    expect.objectContaining({
      name: 'loginTokenValidate',
      tests: '7',
      failures: '0',
      errors: '1',
      skipped: '2',
    }),
    expect.objectContaining({
      name: 'tokenValidate',
      tests: '1',
      failures: '1',
      errors: '0',
      skipped: '0',
    }),
  ]);
});

test('a suite has its time', () => {
  const [suite] = elementsOf(xmlOf(), 'testsuite');
  expect(suite?.attributes['timestamp']).toBe('2025-11-25T10:42:00');
});

test.each([
  { description: 'a passed case is empty', result: PASSED, children: [] },
  { description: 'a failure is a failure', result: FAILED, children: ['failure'] },
  {
    description: 'a case that could not be judged is an error',
    result: ERRED,
    children: ['error'],
  },
  { description: 'a warning passes with output', result: WARNED, children: ['system-out'] },
  {
    description: 'a MAY that is not met passes with output',
    result: REPORTED,
    children: ['system-out'],
  },
  { description: 'a received code is output', result: OPEN, children: ['system-out'] },
  { description: 'a skipped case is skipped', result: SKIPPED, children: ['skipped'] },
  { description: 'a disabled case is skipped', result: DISABLED, children: ['skipped'] },
])('$description', ({ result, children }) => {
  expect(caseIn(xmlOf(), result.id)?.children.map(({ name }) => name)).toEqual(children);
});

test('a failure has the expected and received values, the sentence, the request and the finding', () => {
  const [failure] = caseIn(xmlOf(), FAILED.id)?.children ?? [];
  expect(failure?.attributes['message']).toContain('resultCode: expected 302, received 000');
  for (const text of [
    '2.3 sign',
    '输出64位大写字母',
    "curl -sS -X POST 'http",
    'sign.case',
    '"resultCode":"000"',
  ]) {
    expect(failure?.text).toContain(text);
  }
});

test('a skipped and a disabled case have their reason, and an open case the received code', () => {
  const partOf = (id: string, lang?: 'zh') => caseIn(xmlOf(RUN, lang), id)?.children[0];
  expect(partOf(SKIPPED.id)?.attributes['message']).toBe('needs the control API');
  expect(partOf(SKIPPED.id, 'zh')?.attributes['message']).toBe('需要控制接口');
  expect(partOf(DISABLED.id)?.attributes['message']).toBe('disabled: the gateway has one address');
  expect(partOf(OPEN.id)?.text).toContain('103101');
});

test.each([
  { description: 'markup', text: `</failure><x a="1">&amp;]]>'` },
  { description: 'Chinese and an emoji', text: '是本机号码 📱' },
])('$description in a response stays unchanged', ({ text }) => {
  const differences = [{ rule: 'json' as const, at: 'body', expected: 'JSON', received: text }];
  const [failure] = elementsOf(xmlOf(runOf({ ...FAILED, answer: text, differences })), 'failure');
  expect(failure?.text).toContain(`response: ${text}`);
  expect(failure?.attributes['message']).toContain(`received ${text}`);
});

test.each([
  { description: 'NUL and escape', text: 'a\u0000b\u001bc' },
  { description: 'C1 controls', text: 'a\u0085b\u009bc' },
  { description: 'half a surrogate pair', text: 'a\ud83db\udc00c' },
  { description: 'noncharacters', text: 'a\ufffeb\uffffc' },
])('$description cannot break the XML', ({ text }) => {
  const broken = {
    ...FAILED,
    id: `x/${text}`,
    description: text,
    answer: text,
    curl: text,
    reason: text,
  };
  const [found] = elementsOf(xmlOf({ ...runOf(broken), subject: text }), 'testcase');
  expect(found?.attributes['name']).toBe('x/abc');
});

test('a long code of a carrier is cut', () => {
  const [found] = elementsOf(
    xmlOf(runOf({ ...OPEN, seen: `\u202e${'x'.repeat(70_000)}` })),
    'system-out',
  );
  expect(found?.text).toContain('pass: \\u202exxx');
  expect(found?.text.length).toBeLessThan(1000);
});

test('line breaks in an attribute are kept', () => {
  const [skipped] = elementsOf(
    xmlOf(runOf({ ...SKIPPED, reason: 'npm test\n\t--all\r' })),
    'skipped',
  );
  expect(skipped?.attributes['message']).toBe('npm test\n\t--all\r');
});

test('a run without results is an empty report', () => {
  expect(xmlOf(runOf())).toMatchObject({
    name: 'testsuites',
    attributes: { tests: '0' },
    children: [],
  });
});

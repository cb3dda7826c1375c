/**
 * For GitHub Actions: annotations that the runner decodes correctly, and a summary in Markdown. The output while the cases
 * run.
 */
import { expect, test } from 'vitest';
import type { CaseResult, Run } from '../../../contracts/kit/result.js';
import { githubAnnotations, githubSummary } from '../../../contracts/report/github.js';
import { modelOf } from '../../../contracts/report/model.js';
import {
  progressEnd,
  progressStart,
  progressText,
  terminalReport,
} from '../../../contracts/report/terminal.js';
import {
  DISABLED,
  ERRED,
  FAILED,
  MISFORMED,
  PASSED,
  REPORTED,
  RUN,
  runOf,
  SKIPPED,
  WARNED,
} from './run.js';

interface Annotation {
  readonly command: string;
  readonly title: string | undefined;
  readonly message: string;
}

/** Decodes annotations like the runner: a command is a line, and its properties end at the next two colons. */
function annotationsOf(run: Run, lang: 'en' | 'zh' = 'en'): readonly Annotation[] {
  return githubAnnotations(modelOf(run, lang))
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const [, command = '', properties = '', message = ''] =
        /^::(\w+)(?: (.*?))?::(.*)$/.exec(line) ?? [];
      const [title, ...others] = properties.split(',').filter((text) => text !== '');
      expect(others).toEqual([]);
      return {
        command,
        title: title === undefined ? undefined : read(title.replace(/^title=/, '')),
        message: read(message),
      };
    });
}

function read(text: string): string {
  const decoded = text
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n');
  return decoded.replaceAll('%25', '%');
}

test('a cause with failures is an error, a cause with only warnings is a warning, and there are no others', () => {
  expect(annotationsOf(RUN).map(({ command, title }) => [command, title])).toEqual([
    ['error', '1 could not be judged'],
    ['error', '1 failed'],
    ['warning', '1 with a warning'],
  ]);
});

test('an annotation has the cause, an example, its sentence of the document, and how to repeat it', () => {
  const [annotation, ...others] = annotationsOf(
    runOf(...many(3, { ...FAILED, repeat: 'cmpassport-mock contract' })),
  );
  expect(others).toEqual([]);
  expect(annotation?.message.split('\n')).toEqual([
    expect.stringMatching(/^The carrier returns 000 /),
    expect.stringMatching(
      /^e\.g\. tokenValidate\/302\/lower-case-sign-0 \(.+\): resultCode: expected 302, received 000/,
    ),
    '2.3 sign: “输出64位大写字母”',
    'repeat: cmpassport-mock contract',
  ]);
});

test('the forms of responses that warn are one annotation', () => {
  const other = { ...MISFORMED, differences: [{ ...MISFORMED.differences[0], field: 'message' }] };
  expect(annotationsOf(runOf(MISFORMED, other as CaseResult))).toEqual([
    {
      command: 'warning',
      title: 'Forms of responses',
      message:
        'taskId: expected present: 1 with a warning\nmessage: expected present: 1 with a warning',
    },
  ]);
});

test('an annotation is in Chinese on request', () => {
  expect(annotationsOf(runOf(FAILED), 'zh')[0]?.message).toContain('期望 302，实际 000');
});

test('a known deviation is a separate warning', () => {
  const known: CaseResult = {
    ...FAILED,
    status: 'warn',
    isKnown: true,
    reason: 'known deviation until 2027-01-31: x',
  };
  expect(annotationsOf(runOf(known))).toMatchObject([{ command: 'warning', title: FAILED.id }]);
});

test.each([
  { description: 'percent signs', text: '100%0A%25' },
  { description: 'commas and colons', text: 'a,b:c::error::d' },
  { description: 'line breaks', text: 'a\r\nb\n::set-output name=x::y' },
])('$description in a title and a message do not end the command', ({ text }) => {
  const known: CaseResult = {
    ...FAILED,
    status: 'warn',
    isKnown: true,
    id: text,
    description: text,
  };
  const [annotation, ...others] = annotationsOf(runOf(known));
  expect(others).toEqual([]);
  expect(annotation?.title).toBe(text);
  expect(annotation?.message.startsWith(`${text}\n`)).toBe(true);
});

function many(count: number, result: CaseResult): readonly CaseResult[] {
  return Array.from({ length: count }, (_, at) => ({ ...result, id: `${result.id}-${at}` }));
}

/** Results with different causes. */
function withOwnCauses(count: number, result: CaseResult): readonly CaseResult[] {
  return many(count, result).map((one, at) => ({
    ...one,
    differences: [{ rule: 'number', at: `odd ${at}`, expected: '1', received: '2' }],
  }));
}

test('ten annotations are printed, because GitHub shows no more', () => {
  expect(annotationsOf(runOf(...withOwnCauses(10, FAILED)))).toHaveLength(10);
});

test('for eleven causes the tenth annotation counts two more', () => {
  const annotations = annotationsOf(
    runOf(...withOwnCauses(11, FAILED), ...withOwnCauses(23, WARNED).slice(11)),
  );
  expect(annotations.map(({ command }) => command)).toEqual([
    ...Array(10).fill('error'),
    ...Array(10).fill('warning'),
  ]);
  expect(annotations[9]).toEqual({ command: 'error', title: undefined, message: 'and 2 more' });
  expect(annotations[19]).toEqual({ command: 'warning', title: undefined, message: 'and 3 more' });
});

test('a run without problems has no annotation', () => {
  expect(githubAnnotations(modelOf(runOf(PASSED, SKIPPED, DISABLED, REPORTED), 'en'))).toBe('');
});

test.each(['en', 'zh'] as const)('the summary is the report, in %s', (lang) => {
  const summary = githubSummary(modelOf(RUN, lang));
  expect(summary).toMatch(/^## \S.*\n\n```text\n/);
  expect(summary).toContain(`\n${terminalReport(modelOf(RUN, lang), { colour: false })}\`\`\`\n`);
});

test('a response with a fence stays within the fence of the summary', () => {
  const answer = '```\n</details>\n````\n# heading';
  const summary = githubSummary(modelOf(runOf({ ...FAILED, curl: answer, answer }), 'en'));
  expect(summary).toMatch(/^## .*\n\n`{5}text\n[\s\S]*\n`{5}\n$/);
  expect(summary).toContain('\n````');
});

test('a finding cannot control the display of an annotation', () => {
  const finding = { id: 'x', title: '\u202ea\u001b', detail: '' };
  const run: Run = { ...runOf({ ...FAILED, suite: 'consumer', finding }), suite: 'consumer' };
  expect(annotationsOf(run)[0]?.message).toContain('\\u202ea\\u001b (x)');
});

test('a summary with very many failures stays under GitHub’s limit', () => {
  const long = { ...FAILED, curl: '码'.repeat(70_000), answer: '码'.repeat(70_000) };
  const summary = githubSummary(modelOf(runOf(...many(400, long), ...many(400, WARNED)), 'en'));
  expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024);
  expect(summary).toContain('\nFailures (400)\n');
});

const PIPE = { lang: 'en', colour: false, isTerminal: false } as const;
const TERMINAL = { lang: 'en', colour: false, isTerminal: true } as const;
const CLEAR_LINE = '\r\x1b[2K';

test('in a pipe only one line is printed, with the number of cases and the subject', () => {
  expect(progressStart(953, 'http://127.0.0.1:1', PIPE)).toBe('953 cases: http://127.0.0.1:1\n\n');
  expect(progressStart(953, 'a\x1bb', { ...PIPE, lang: 'zh' })).toBe('953 个用例：a\\u001bb\n\n');
  expect(progressStart(953, 'http://127.0.0.1:1', TERMINAL)).toBe('');
  for (const result of [PASSED, FAILED, WARNED, SKIPPED])
    expect(progressText([PASSED, result], 9, PIPE)).toBe('');
  expect(progressEnd(PIPE)).toBe('');
});

test('on a terminal one line is replaced, with the progress and the failures, and cleared at the end', () => {
  expect(progressText([PASSED], 5, TERMINAL)).toBe(`${CLEAR_LINE}1/5`);
  expect(progressText([PASSED, FAILED, ERRED, WARNED], 112, TERMINAL)).toBe(
    `${CLEAR_LINE}  4/112  1 failed  1 could not be judged  1 with a warning`,
  );
  expect(progressEnd(TERMINAL)).toBe(CLEAR_LINE);
});

test('the line is green until something fails', () => {
  expect(progressText([PASSED, WARNED], 9, { ...TERMINAL, colour: true })).toContain('\x1b[32m');
  expect(progressText([FAILED, PASSED], 9, { ...TERMINAL, colour: true })).toContain('\x1b[31m');
});

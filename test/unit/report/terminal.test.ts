/** The report for a terminal: each failure with its details, and a summary at the end. */
import { expect, test } from 'vitest';
import { type CaseResult, exitStatusOf, type Run } from '../../../contracts/kit/result.js';
import { modelOf } from '../../../contracts/report/model.js';
import { terminalReport } from '../../../contracts/report/terminal.js';
import { withoutCommands } from '../../../contracts/report/text.js';
import type { Language } from '../../../src/text/bilingual.js';
import { workflowCommandsIn } from '../../support/workflow-commands.js';
import {
  DISABLED,
  ERRED,
  FAILED,
  MISFORMED,
  OPEN,
  PASSED,
  REPORTED,
  RUN,
  runOf,
  SKIPPED,
  WARNED,
} from './run.js';

interface Options {
  readonly lang?: Language;
  readonly colour?: boolean;
  readonly verbose?: boolean;
}

function reportOf(
  run: Run = RUN,
  { lang = 'en', colour = false, verbose = false }: Options = {},
): string {
  return terminalReport(modelOf(run, lang), { colour, verbose });
}

/** The lines of a case: from its head to the next empty line or head. */
function blockOf(report: string, id: string): readonly string[] {
  const lines = report.split('\n');
  const from = lines.findIndex((line) => line.includes(` ${id}  `));
  const length = lines.slice(from + 1).findIndex((line) => !line.startsWith('    '));
  return lines.slice(from, from + 1 + length);
}

test('a failure has the case, the sentence, each difference, the finding, the request and the response', () => {
  const block = blockOf(reportOf(), FAILED.id).join('\n');
  for (const text of [
    'a signature in lower case is refused',
    'MUST · documented',
    '2.3 sign: “输出64位大写字母”',
    'expected 302',
    'received 000',
    'expected 0 calls',
    'received 1 call',
    'sign.case: The signature is in lower case',
    'tokenValidate requires 64 upper-case hex digits.',
    "curl -sS -X POST 'http://127.0.0.1:8080/openapi/rs/tokenValidate'",
    '"resultCode":"000"',
  ]) {
    expect(block).toContain(text);
  }
});

test('a warning and a MAY have three lines each, with the difference', () => {
  expect(blockOf(reportOf(), WARNED.id)).toEqual([
    expect.stringContaining('SHOULD · observed'),
    '    a misspelt path is refused',
    '    body: expected JSON, received <html>404</html>',
  ]);
  expect(blockOf(reportOf(), REPORTED.id)[2]).toBe(
    '    resultCode: expected 103000, received 103211',
  );
});

test('the forms of responses are one block at the end, each once, and no results of the lists', () => {
  const others = ['x', 'y'].map((name) => ({ ...MISFORMED, id: `a/1/${name}` }));
  const failed: CaseResult = { ...MISFORMED, id: 'a/1/z', level: 'MUST', status: 'fail' };
  const report = reportOf(runOf(FAILED, MISFORMED, ...others, failed));
  expect(report).toContain(
    [
      'Forms of responses (2)',
      '✗ taskId: expected present: 1 failed',
      '    e.g. a/1/z (a signature of zeros is refused): /taskId: expected present, received nothing',
      '△ taskId: expected present: 3 with a warning',
      `    e.g. ${MISFORMED.id} (a signature of zeros is refused): /taskId: expected present, received nothing`,
      '',
      'Summary',
    ].join('\n'),
  );
  expect(report.slice(0, report.indexOf('Forms of'))).not.toContain(MISFORMED.id);
  // The first failure of a form is complete, so that it can be repeated.
  expect(blockOf(report, 'a/1/z').length).toBeGreaterThan(1);
});

test('the forms are first if nothing else fails', () => {
  const failed: CaseResult = { ...MISFORMED, level: 'MUST', status: 'fail' };
  expect(reportOf(runOf(failed, WARNED))).toMatch(
    /^Forms of responses \(1\)\n✗ taskId: expected present: 1 failed\n/,
  );
});

test('a known deviation shows its reason and the difference', () => {
  const known: CaseResult = {
    ...FAILED,
    status: 'warn',
    reason: 'known deviation until 2027-01-31: the gateway lowers it',
  };
  const [, , line] = blockOf(reportOf(runOf(known)), known.id);
  expect(line).toContain(
    'received 1 call; known deviation until 2027-01-31: the gateway lowers it',
  );
});

test('the output of a command keeps its lines, and is last in a single line', () => {
  const failed: CaseResult = { ...FAILED, reason: 'output of the command: one\ntwo' };
  const block = blockOf(reportOf(runOf(failed)), failed.id);
  expect(block.map((line) => line.trim())).toEqual(
    expect.arrayContaining(['reason      output of the command: one', 'two']),
  );
  const [, , line] = blockOf(reportOf(runOf({ ...failed, status: 'warn' })), failed.id);
  expect(line).toMatch(/^ {4}resultCode: .*; output of the command: one\\ntwo$/);
});

test('skipped cases are grouped by reason, the most frequent first, and disabled cases have their reason', () => {
  const tokens = { ...SKIPPED, reason: 'needs live tokens' };
  const report = reportOf(runOf(tokens, SKIPPED, DISABLED, SKIPPED));
  expect(report).toContain(
    'Not run\n  2 skipped: needs the control API\n  1 skipped: needs live tokens\n  1 disabled: the gateway has one address\n',
  );
});

test('effects that were not checked are counted', () => {
  expect(reportOf(runOf(OPEN, { ...PASSED, notChecked: ['charged', 'decidedBy'] }))).toContain(
    'Not checked\n  decidedBy: 2 cases\n  charged: 1 case\n',
  );
});

test('received codes are listed with their cases', () => {
  const other = { ...OPEN, id: 'loginTokenValidate/precedence/app-and-ip', seen: '103119' };
  expect(reportOf(runOf(OPEN, PASSED, other))).toContain(
    '  loginTokenValidate/precedence/app-and-sign: 103101\n  loginTokenValidate/precedence/app-and-ip: 103119\n',
  );
});

test('the summary has the subject, the kit and the counts', () => {
  const report = reportOf();
  expect(report).toContain('http://127.0.0.1:8080  provider suite, cmpassport-mock 0.1.0');
  expect(report).toContain(
    '8 cases in 3.2 s: 3 passed, 1 failed, 1 with a warning, 1 skipped, 1 disabled, 1 could not be judged',
  );
  // Skipped and disabled cases prove nothing.
  expect(report).toContain('\n  of the 2 cases without a difference, 1 is documented, 1 assumed\n');
  expect(reportOf(runOf(PASSED, SKIPPED), { lang: 'zh' })).toContain(
    '\n  1 个用例没有差异：文档写明 1 个\n',
  );
});

test.each([
  {
    description: 'nothing failed',
    results: [PASSED, WARNED, SKIPPED],
    verdict: 'Exit status 0: nothing failed.',
  },
  {
    description: 'one failed',
    results: [PASSED, FAILED],
    verdict: 'Exit status 1: 1 case failed.',
  },
  {
    description: 'two failed',
    results: [FAILED, FAILED],
    verdict: 'Exit status 1: 2 cases failed.',
  },
  {
    description: 'one could not be judged',
    results: [ERRED, PASSED],
    verdict: 'Exit status 2: 1 case could not be judged because of the kit or the network.',
  },
  {
    description: 'one failed and one could not be judged',
    results: [FAILED, ERRED],
    verdict:
      'Exit status 2: 1 case could not be judged because of the kit or the network; 1 case failed.',
  },
  {
    description: 'all were skipped',
    results: [SKIPPED, DISABLED],
    verdict:
      'Exit status 2: no case ran, so this proves nothing. If that is intended, add --allow-no-case.',
  },
  {
    description: 'all were skipped, which is allowed',
    results: [SKIPPED, DISABLED],
    allowNoCase: true,
    verdict: 'Exit status 0, although no case ran.',
  },
])(
  'the last line is the exit status in words: $description',
  ({ results, allowNoCase = false, verdict }) => {
    const run = { ...runOf(...results), allowNoCase };
    expect(reportOf(run).trimEnd().split('\n').at(-1)).toBe(verdict);
    expect(verdict).toContain(`Exit status ${exitStatusOf(run)}`);
  },
);

test('a passed case is only counted, and an empty part has no heading', () => {
  const report = reportOf(runOf(PASSED));
  expect(report).not.toContain(PASSED.id);
  expect(report.split('\n').filter((line) => line !== '')).toHaveLength(4);
});

test('in Chinese', () => {
  const report = reportOf(RUN, { lang: 'zh' });
  for (const text of [
    '失败（1）',
    'http://127.0.0.1:8080  平台侧测试集，cmpassport-mock 0.1.0',
    'MUST · 文档写明',
    '2.3 sign：“输出64位大写字母”',
    '期望 302',
    '实际 000',
    '期望 0 次',
    '报文：期望 JSON，实际 <html>404</html>',
    '跳过 1 个：需要控制接口',
    '判定规则：1 个用例',
    '共 8 个用例，用时 3.2 秒：通过 3 个，失败 1 个',
    '退出码 2：1 个用例因为工具或网络问题没能判定；另有 1 个用例失败。',
  ]) {
    expect(report).toContain(text);
  }
});

test('a reason, and the values of a difference, are in the language of the report', () => {
  const reason = { en: 'needs the control API', zh: '需要控制接口' };
  expect(reportOf(runOf({ ...SKIPPED, reason }), { lang: 'zh' })).toContain(
    '跳过 1 个：需要控制接口\n',
  );
  expect(reportOf(runOf({ ...SKIPPED, reason: 'a reason of the team' }), { lang: 'zh' })).toContain(
    'a reason of the team\n',
  );
  const difference = {
    rule: 'number' as const,
    at: '/a',
    expected: { en: 'absent', zh: '没有' },
    received: '138****8000',
  };
  const report = (lang: Language) =>
    reportOf(runOf({ ...WARNED, differences: [difference] }), { lang });
  expect(report('en')).toContain('/a: expected absent, received 138****8000');
  expect(report('zh')).toContain('/a：期望 没有，实际 138****8000');
});

test('Chinese names keep the columns aligned', () => {
  const lines = blockOf(reportOf(RUN, { lang: 'zh' }), FAILED.id);
  const columnOf = (line: string | undefined, text: string) => {
    const before = line?.slice(0, line.indexOf(text)) ?? '';
    return before.length + (before.match(/[\u4e00-\u9fff]/g)?.length ?? 0);
  };
  const columns = [
    columnOf(lines[2], '2.3'),
    columnOf(lines[3], '期望'),
    columnOf(lines[4], '实际'),
    columnOf(lines[5], '期望'),
  ];
  expect(new Set(columns).size).toBe(1);
});

test('the report has colours only on request', () => {
  expect(reportOf()).not.toContain('\x1b');
  expect(reportOf(RUN, { colour: true })).toContain('\x1b[31m✗\x1b[0m');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are escape sequences
  expect(reportOf(RUN, { colour: true }).replace(/\x1b\[\d+m/g, '')).toBe(reportOf());
});

test('a response cannot control the terminal or change the writing direction', () => {
  const evil = '\x1b[2J\u009b31m\u202e\u200b\u2028\ud83d\r\n::error::x';
  const differences = [{ rule: 'number' as const, at: evil, expected: evil, received: evil }];
  const finding = { id: evil, title: evil, detail: evil };
  const report = reportOf({
    ...runOf({
      ...FAILED,
      differences,
      finding,
      answer: evil,
      curl: evil,
      reason: evil,
      seen: evil,
    }),
    subject: evil,
  });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the report must not contain them
  expect(report).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\u200b\u2028\ud83d]/);
  expect(report).toContain('\\u001b[2J\\u009b31m\\u202e\\u200b\\u2028\\ud83d');
});

test.each([
  { description: 'a command at the beginning', text: '::error::x', shown: '\\u003a:error::x' },
  {
    description: 'a command after white space',
    text: 'a\n \t\u0085\u3000::add-mask::x',
    shown: 'a\n \t\u0085\u3000\\u003a:add-mask::x',
  },
  {
    description: 'a command after a carriage return',
    text: 'a\r::error::x',
    shown: 'a\r\\u003a:error::x',
  },
  {
    description: 'a command of the older form anywhere',
    text: 'a ##[error]x',
    shown: 'a #\\u0023[error]x',
  },
  {
    description: 'a command of Azure',
    text: '##vso[task.complete]',
    shown: '#\\u0023vso[task.complete]',
  },
])('$description of a line is escaped', ({ text, shown }) => {
  expect(withoutCommands(text)).toBe(shown);
  expect(workflowCommandsIn(shown)).toEqual([]);
});

test.each(['an address ::1', 'a::b', ': a', '## heading [1]', '#[x]'])(
  '"%s" is not a command and stays unchanged',
  (text) => {
    expect(withoutCommands(text)).toBe(text);
  },
);

test('a long request and a long response are cut, with their original length', () => {
  const block = blockOf(
    reportOf(runOf({ ...FAILED, curl: 'x'.repeat(70_000), answer: 'y'.repeat(5000) })),
    FAILED.id,
  );
  expect(block.join('\n').length).toBeLessThan(5000);
  expect(block.join('\n')).toContain('… (70000)');
  expect(block.join('\n')).toContain('… (5000)');
});

test('white space at an end and empty values are shown in quotes', () => {
  const differences = [{ rule: 'msgid' as const, at: '/msgid', expected: '', received: 'a ' }];
  expect(reportOf(runOf({ ...WARNED, differences }))).toContain(
    '/msgid: expected "", received "a "',
  );
});

const MANY = Array.from({ length: 60 }, (_, at) => ({
  ...FAILED,
  id: `tokenValidate/302/case-${at}`,
}));

test('the causes come first: a count, a sentence and an example', () => {
  const lines = reportOf(runOf(PASSED, ...MANY)).split('\n');
  expect(lines.slice(0, 4)).toEqual([
    'Causes (1)',
    '1. 60 failed',
    '   The carrier returns 000 (是本机号码), but another result is expected.',
    expect.stringMatching(
      /^ {3}e\.g\. tokenValidate\/302\/case-0 \(a signature in lower case is refused\): resultCode: expected 302, received 000/,
    ),
  ]);
});

test('a long list shows the first failure of each cause completely, then ids, then the flag for the rest', () => {
  const report = reportOf(runOf(...MANY));
  expect(report.match(/^✗ \S+ {2}MUST/gm)).toHaveLength(1);
  expect(report.match(/^✗ \S+$/gm)).toHaveLength(20);
  expect(report).toContain('  39 more: --verbose shows everything\n');
  expect(reportOf(runOf(...MANY), { verbose: true }).match(/^✗ \S+ {2}MUST/gm)).toHaveLength(60);
});

test('a short list is complete, each failure once', () => {
  const report = reportOf(runOf(...MANY.slice(0, 9)));
  for (const { id } of MANY.slice(1, 9)) expect(report.split(id)).toHaveLength(2);
});

test('a failure has the command that repeats it', () => {
  const repeat = 'npx --no -- cmpassport-mock contract provider --mock http://127.0.0.1:1 --only x';
  const lines = blockOf(reportOf(runOf({ ...FAILED, repeat })), FAILED.id);
  expect(lines.map((line) => line.trim().split(/\s{2,}/))).toContainEqual(['repeat', repeat]);
});

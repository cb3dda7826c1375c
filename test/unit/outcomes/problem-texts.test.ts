/** The words for each mistake in a script and in a header, as recorded in problem-texts.json: `RECORD=1` records them again. */
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { headerStep } from '../../../mock-server/carrier/outcomes/outcome-header.js';
import { parseScript } from '../../../mock-server/carrier/outcomes/script.js';

const FILE = new URL('problem-texts.json', import.meta.url);
const LONG = 'x'.repeat(200);
// The last text that is quoted in full, and the first that is not.
const FULL = 'x'.repeat(120);
const CUT = 'x'.repeat(121);

const SCRIPTS = [
  'nonsense',
  '',
  '103101,,000',
  'pass pass',
  `${FULL}`,
  `${CUT}`,
  `"${LONG}`,
  'say "hi"',
  'delay(1s)',
  'delay',
  'frequency(1/10m)',
  'every(2)',
  'pass(1)',
  'reset()',
  'status',
  'drip',
  'status(abc)',
  'status(199)',
  'status(600)',
  'drip(soon)',
  'drip(2h)',
  'delay(2h) pass',
  'delay(x) 103101',
  '1031011',
  '606',
  '103101("own text")',
  '1()',
  '1("")',
  `1("${LONG}x")`,
  '1(too frequent)',
  'frequency(0/10m) 103101',
  'frequency(30/10s10) 103101',
  'every(1) 103101',
  'every(1001) 103101',
  '103101*0',
  '103101*1000001',
  '103101*, 103119',
  'pass, 103101*2, delay(50ms) reset*, hang',
];

const HEADERS = [
  ['X-Mock-Result-Code', '103101', 'X-Mock-Outcome', 'pass'],
  ['x-mock-outcome', 'pass', 'X-Mock-Outcome', 'pass'],
  ['X-Mock-Result-Code', 'pass'],
  ['X-Mock-Result-Code', CUT],
  ['X-Mock-Outcome', '%E8%AF'],
  ['X-Mock-Outcome', '\xe8\xaf'],
  ['X-Mock-Outcome', 'nonsense'],
  ['X-Mock-Outcome', '103101*2'],
  ['X-Mock-Outcome', 'every(2) 103101'],
  ['X-Mock-Outcome', 'frequency(1/10m) 103101'],
  ['X-Mock-Result-Code', '606'],
];

function problemIn(parsed: object | undefined): unknown {
  return parsed !== undefined && 'problem' in parsed ? parsed.problem : undefined;
}

const ROWS = [
  ...SCRIPTS.map((text) => ({
    sent: text,
    problem: problemIn(parseScript('loginTokenValidate', text)),
  })),
  ...HEADERS.map((sent) => ({ sent, problem: problemIn(headerStep('loginTokenValidate', sent)) })),
];

test('each mistake has its words in both languages', () => {
  if (process.env['RECORD'] !== undefined)
    writeFileSync(FILE, `${JSON.stringify(ROWS, undefined, 2)}\n`);
  expect(ROWS).toEqual(JSON.parse(readFileSync(FILE, 'utf8')));
});

/** Scenarios and cases have descriptions in both languages. */
import { expect, test } from 'vitest';
import { SCENARIO_FILES } from '../../../contracts/consumer/scenario.js';
import chinese from '../../../contracts/descriptions.zh.json' with { type: 'json' };
import { CASE_FILES } from '../../../contracts/kit/case-files.js';
import { descriptionIn, OBSERVATIONS_ZH, observationIn } from '../../../contracts/report/descriptions.js';

const SCENARIO_IDS = SCENARIO_FILES.flatMap(({ scenarios, sent, captured }) =>
  [...scenarios, ...sent, ...captured].map(({ id }) => id),
);
const CASE_IDS = CASE_FILES.flatMap(({ cases }) => cases.map(({ id }) => id));

test('every case, scenario and check has a Chinese description', () => {
  expect([...CASE_IDS, ...SCENARIO_IDS].filter((id) => !Object.hasOwn(chinese, id))).toEqual([]);
});

test('every Chinese description belongs to a case or scenario and is Chinese', () => {
  const known = new Set([...SCENARIO_IDS, ...CASE_IDS]);
  expect(Object.keys(chinese).filter((id) => !known.has(id))).toEqual([]);
  expect(Object.values(chinese).filter((text) => !/[\u4e00-\u9fff]/.test(text) || /[,;!?]|:(?!\d)/.test(text))).toEqual(
    [],
  );
});

test('the English description is from the file', () => {
  const [id = ''] = SCENARIO_IDS;
  expect(descriptionIn({ id, description: 'as it is' }, 'en')).toBe('as it is');
  expect(descriptionIn({ id: 'no/such/id', description: 'as it is' }, 'zh')).toBe('as it is');
});

test('every observation that a case or scenario follows is in Chinese, unless it is a header', () => {
  const observed = [
    ...CASE_FILES.flatMap(({ cases }) => cases.map(({ source }) => source)),
    ...SCENARIO_FILES.flatMap(({ scenarios, sent, captured }) =>
      [...scenarios, ...sent, ...captured].map(({ source }) => source),
    ),
  ]
    .filter(({ section }) => section === 'observed')
    .map(({ sentence }) => sentence);
  const known = Object.keys(OBSERVATIONS_ZH);
  expect([...new Set(observed)].filter((sentence) => !known.includes(sentence))).toEqual(['Expect: 100-continue']);
  expect(known.filter((sentence) => !observed.includes(sentence))).toEqual([]);
  expect(observationIn('clients send chunked bodies', 'zh')).toBe('有客户端用分块传输发送请求体');
  expect(observationIn('clients send chunked bodies', 'en')).toBe('clients send chunked bodies');
});

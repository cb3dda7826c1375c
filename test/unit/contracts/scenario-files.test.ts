/** The scenarios as data: they match their schema and cover every code, and each check of sent requests exists and catches a wrong client. */
import { existsSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { CONSUMER_ROWS } from '../../../contracts/consumer/run-consumer.js';
import { type Operation, RESULT_CODES, SCHEMAS } from '../../../contracts/index.js';
import { chosenRows } from '../../../contracts/kit/case.js';
import { CASE_FILES, SCENARIO_FILES } from '../../../contracts/kit/case-files.js';
import { descriptionIn, observationIn } from '../../../contracts/report/descriptions.js';
import observations from '../../../contracts/report/observations.zh.json' with { type: 'json' };
import schema from '../../../contracts/schemas/scenario-file.schema.json' with { type: 'json' };
import { SENT_CHECKS } from '../../../contracts/sent/checks.js';
import { recordedRows, WRONG_CLIENTS } from '../../full/consumer/wrong-clients.js';
import { STEMS } from '../../support/files.js';

interface Duty {
  readonly id: string;
  readonly whose: string;
}

/** None beyond the document. */
function dutiesOf(operation: Operation): readonly Duty[] {
  if (!existsSync(`contracts/duties/${STEMS[operation]}.json`)) return [];
  return JSON.parse(readFileSync(`contracts/duties/${STEMS[operation]}.json`, 'utf8')).duties;
}

const chinese: Readonly<Record<string, string>> = Object.assign(
  {},
  ...Object.values(STEMS).map((stem) =>
    JSON.parse(readFileSync(`contracts/descriptions/${stem}.zh.json`, 'utf8')),
  ),
);

const ajv = new Ajv2020({ strict: true, allErrors: true, strictRequired: false });
ajv.addFormat('date-time', true);
const isScenarioFile = ajv.compile(schema);

describe.each(SCENARIO_FILES)('scenarios of $operation', (file) => {
  const { operation, scenarios, sent, captured } = file;
  const run = [...scenarios, ...sent];
  const all = [...run, ...captured];

  test('the file matches its schema', () => {
    expect(isScenarioFile(file) ? [] : isScenarioFile.errors).toEqual([]);
  });

  test('ids are unique and begin with the operation', () => {
    const ids = all.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !id.startsWith(`${operation}/consumer/`))).toEqual([]);
    expect(scenarios.filter(({ id }) => id.startsWith(`${operation}/consumer/sent-`))).toEqual([]);
  });

  test('descriptions are plain and in the present tense', () => {
    expect(
      all.filter(({ description }) => /\b(?:should|must|test that)\b/i.test(description)),
    ).toEqual([]);
  });

  test('every documented code has a scenario, and only success is accepted', () => {
    for (const { resultCode } of RESULT_CODES.filter((row) => row.operation === operation)) {
      const scenario = scenarios.find(
        ({ id }) => id === `${operation}/consumer/code-${resultCode}`,
      );
      expect(scenario?.then.believed, resultCode).toBe(['103000', '000'].includes(resultCode));
    }
  });

  test('the first scenario is a plain call with the normal outcome', () => {
    expect(scenarios[0]?.answer).toEqual({});
  });

  test('all duties are duties of the client', () => {
    const known = new Set(
      dutiesOf(operation)
        .filter(({ whose }) => whose === 'client')
        .map(({ id }) => id),
    );
    expect(all.flatMap(({ duties = [] }) => duties).filter((id) => !known.has(id))).toEqual([]);
  });

  test('the selection of all levels has all rows', () => {
    const choice = {
      operations: [operation],
      only: [],
      levels: ['MUST', 'SHOULD', 'MAY'],
    } as const;
    expect(chosenRows(CONSUMER_ROWS, choice)).toHaveLength(run.length);
  });
});

const SENT_NAMES = SCENARIO_FILES.flatMap(({ sent }) =>
  sent.map(({ id }) => id.split('/').at(-1) ?? ''),
);

test('the rows of sent and captured match the checks', () => {
  const captured = SCENARIO_FILES.flatMap((file) =>
    file.captured.map(({ id }) => id.split('/').at(-1) ?? ''),
  );
  expect([...new Set([...SENT_NAMES, ...captured])].sort()).toEqual(
    Object.keys(SENT_CHECKS).sort(),
  );
});

test('every check of what is sent catches a wrong client', () => {
  const caught = new Set(
    Object.values(recordedRows()).flatMap((names) =>
      names.map((name) => name.replace(' (warns)', '')),
    ),
  );
  // The mock charges no token twice, whatever a client does: run-consumer.test.ts has a ledger that does.
  expect(SENT_NAMES.filter((name) => !caught.has(name) && name !== 'sent-charged-once')).toEqual(
    [],
  );
});

test('the matrix has a row for each wrong client, and no other', () => {
  expect(Object.keys(recordedRows())).toEqual(WRONG_CLIENTS.map(({ id }) => id));
});

// Scenarios and cases have descriptions in both languages.

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
  expect(
    Object.values(chinese).filter(
      (text) => !/[\u4e00-\u9fff]/.test(text) || /[,;!?]|:(?!\d)/.test(text),
    ),
  ).toEqual([]);
});

test('the English description is from the file', () => {
  const [id = ''] = SCENARIO_IDS;
  expect(descriptionIn({ id, description: 'as it is' }, 'en')).toBe('as it is');
  expect(descriptionIn({ id: 'no/such/id', description: 'as it is' }, 'zh')).toBe('as it is');
});

const OBSERVED = [
  ...CASE_FILES.flatMap(({ cases }) => cases.map(({ source }) => source)),
  ...SCENARIO_FILES.flatMap(({ scenarios, sent, captured }) =>
    [...scenarios, ...sent, ...captured].map(({ source }) => source),
  ),
].filter(({ section }) => section === 'observed');

test('every observation has an id and is in Chinese, unless it quotes a header or public material', () => {
  const quoted = OBSERVED.filter(
    ({ sentence, observation }) => observation === undefined && !/\p{Script=Han}/u.test(sentence),
  );
  expect([...new Set(quoted.map(({ sentence }) => sentence))]).toEqual([
    'Expect: 100-continue',
    '103005 inner error',
  ]);
  const ids = OBSERVED.flatMap(({ observation }) => observation ?? []);
  const comments = JSON.stringify(SCHEMAS);
  const known = Object.keys(observations);
  expect(ids.filter((id) => !known.includes(id))).toEqual([]);
  const unused = known.filter((id) => !ids.includes(id) && !comments.includes(` ${id}: `));
  expect(unused).toEqual(['own-value', 'utf-8-json', 'server-refusal', 'absent-field']);
});

test('a sentence has one id, and an id one sentence', () => {
  const pairs = new Set(OBSERVED.map(({ sentence, observation }) => `${observation} ${sentence}`));
  const sentences = new Set(OBSERVED.map(({ sentence }) => sentence));
  const named = OBSERVED.filter(({ observation }) => observation !== undefined);
  const ids = new Set(named.map(({ observation }) => observation));
  expect(pairs.size).toBe(sentences.size);
  expect(new Set(named.map(({ sentence }) => sentence)).size).toBe(ids.size);
});

test('an observation is in the language of the report, and a quotation is itself', () => {
  const source = {
    section: 'observed',
    sentence: 'clients send chunked bodies',
    observation: 'chunked-bodies',
  };
  expect(observationIn(source, 'zh')).toBe('有调用方用分块传输发送请求体');
  expect(observationIn(source, 'en')).toBe(source.sentence);
  const { observation: _, ...quotation } = source;
  expect(observationIn(quotation, 'zh')).toBe(source.sentence);
});

test('the Chinese descriptions name the caller 调用方: 客户端 is the app on a phone', () => {
  const texts = Object.entries({ ...chinese, ...observations });
  expect(texts.filter(([, text]) => /服务端|客户端/.test(text))).toEqual([]);
});

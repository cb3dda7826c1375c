/** Checks the case files: they match their schema, ids are unique, and every requirement for a carrier has a case. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import loginDuties from '../../../contracts/duties/login-token-validate.json' with { type: 'json' };
import verifyDuties from '../../../contracts/duties/token-validate.json' with { type: 'json' };
import { AMBIGUITIES, RESULT_CODES } from '../../../contracts/index.js';
import { CASE_FILES, SCENARIO_FILES } from '../../../contracts/kit/case-files.js';
import { OPERATIONS } from '../../../contracts/kit/operations.js';
import { needsOf } from '../../../contracts/kit/provider.js';
import caseFileSchema from '../../../contracts/schemas/case-file.schema.json' with { type: 'json' };
import { moduleOf } from '../../../mock-server/carrier/engine/operations/operations.js';
import { STEMS } from '../../support/files.js';

interface Duty {
  readonly id: string;
  readonly section: string;
  readonly sentence: string;
  readonly whose: string;
  readonly why?: string;
}

// An unknown app has no readings. This one belongs to the whole carrier, so it has only an ambiguous case.
const WITHOUT_APP = 'unknown-app-at-verify';
const PATHS = Object.values(STEMS).flatMap((stem) =>
  readdirSync(join('contracts/cases', stem)).map((name) => join('contracts/cases', stem, name)),
);
const CASES = CASE_FILES.flatMap(({ operation, resultCode = 'precedence', cases }) =>
  cases.map((one) => ({ ...one, operation, file: resultCode })),
);
const DUTIES: readonly Duty[] = [...loginDuties.duties, ...verifyDuties.duties];
const SCENARIOS = SCENARIO_FILES.flatMap(({ scenarios, sent }) => [...scenarios, ...sent]);
const codesOf = ({ then }: (typeof CASES)[number]) => [then.resultCode].flat();

const ajv = new Ajv2020({
  strict: true,
  allErrors: true,
  strictRequired: false,
  formats: { 'date-time': true, regex: true },
});
const isCaseFile = ajv.compile(caseFileSchema);

describe('the files', () => {
  test.each(PATHS)('%s matches its schema', (path) => {
    isCaseFile(JSON.parse(readFileSync(path, 'utf8')));
    expect(isCaseFile.errors ?? []).toEqual([]);
  });

  test('with the defaults of its file, every case is complete', () => {
    const members = ['source', 'basis', 'then'] as const;
    const incomplete = CASES.filter((one) => members.some((name) => one[name] === undefined));
    expect(incomplete.map(({ id }) => id)).toEqual([]);
  });

  test.each(PATHS)('no case of %s repeats a default', (path) => {
    const { defaults = {}, cases } = JSON.parse(readFileSync(path, 'utf8'));
    const names = Object.keys(defaults);
    const repeating = cases.filter((one: Record<string, unknown>) =>
      names.some((name) => name in one && isDeepStrictEqual(one[name], defaults[name])),
    );
    expect(repeating.map(({ id }: { readonly id: string }) => id)).toEqual([]);
  });

  test.each(Object.entries(STEMS))(
    '%s has a file for each of its codes, and no others',
    (operation, stem) => {
      const names = readdirSync(join('contracts/cases', stem)).map((name) =>
        name.replace('.json', ''),
      );
      const known = CASE_FILES.filter((file) => file.operation === operation).map(
        ({ resultCode = 'precedence' }) => resultCode,
      );
      expect(names.toSorted()).toEqual(known.toSorted());
    },
  );

  test.each(CASE_FILES)(
    '$operation $resultCode refers to its schema',
    ({ operation, resultCode = 'precedence' }) => {
      const text = readFileSync(
        join('contracts/cases', `${STEMS[operation]}`, `${resultCode}.json`),
        'utf8',
      );
      expect(JSON.parse(text)).toMatchObject({ $schema: '../../schemas/case-file.schema.json' });
    },
  );
});

describe('the cases', () => {
  test('ids are unique and begin with the name of their file', () => {
    expect(new Set(CASES.map(({ id }) => id)).size).toBe(CASES.length);
    expect(
      CASES.filter(({ id, operation, file }) => !id.startsWith(`${operation}/${file}/`)),
    ).toEqual([]);
  });

  test('descriptions are plain sentences in the present tense', () => {
    const wrong = CASES.filter(({ description }) =>
      /\b(?:should|must|test that|shall)\b|\.$/i.test(description),
    );
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });

  test('a case of a code expects that code first', () => {
    const wrong = CASES.filter((one) => one.file !== 'precedence' && codesOf(one)[0] !== one.file);
    // A code that only a reading selects is not documented and has no file.
    expect(
      wrong.filter(({ ambiguity }) => ambiguity !== 'verify-quota-code').map(({ id }) => id),
    ).toEqual([]);
  });

  test('several codes are different codes of the document, except for an ambiguity', () => {
    const wrong = CASES.filter((one) => {
      const codes = codesOf(one);
      const known = RESULT_CODES.filter(({ operation }) => operation === one.operation);
      const isKnown = (code: string) => known.some(({ resultCode }) => resultCode === code);
      return (
        one.ambiguity === undefined && (new Set(codes).size < codes.length || !codes.every(isKnown))
      );
    });
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });

  test('no case depends on a message text', () => {
    const texts = ['/desc', '/body/resultDesc'];
    const wrong = CASES.filter(({ then }) =>
      Object.keys(then.equal ?? {}).some((at) => texts.includes(at)),
    );
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });

  test('a real carrier can run cases of each code that needs no control API', () => {
    const elsewhere = CASES.filter((one) => !needsOf(one.operation, one).includes('control'));
    const codes = new Set(elsewhere.flatMap(codesOf));
    for (const code of [
      '103000',
      '103101',
      '103113',
      '103119',
      '103414',
      '103811',
      '104201',
      '000',
      '001',
      '102',
      '302',
      '303',
      '606',
    ])
      expect(codes).toContain(code);
  });
});

describe('coverage', () => {
  test.each(OPERATIONS)('each rule of %s decides a case', (operation) => {
    const { rules } = moduleOf(operation);
    const deciding = new Set(
      CASES.filter((one) => one.operation === operation).map(({ then }) => then.decidedBy),
    );
    expect(
      rules.map(({ requires }) => requires).filter((requires) => !deciding.has(requires)),
    ).toEqual([]);
    expect(deciding).toContain('allMet');
  });

  /** What only a calibration finds: test/kit/calibrate/readings and test/full/mini-carriers show them. */
  const OBSERVED_ONLY = [
    'verify-hex-case sign',
    'refused-call-uses-token reached',
    'verify-echo absent',
  ];
  const isObservedOnly = (option: string) =>
    OBSERVED_ONLY.includes(option) || option.endsWith('refused:<code>');

  test('each option of each ambiguity has a case, and no case has an unknown ambiguity', () => {
    const shown = CASES.flatMap(({ ambiguity, given }) => {
      const readings = (given?.app?.['readings'] ?? {}) as Readonly<Record<string, string>>;
      return ambiguity === undefined
        ? []
        : [`${ambiguity} ${readings[ambiguity]?.replace(/^window:.*/, 'window:<duration>')}`];
    });
    const options = AMBIGUITIES.flatMap(({ id, readings }) =>
      id === WITHOUT_APP ? [`${id} undefined`] : readings.map(({ option }) => `${id} ${option}`),
    );
    expect(options.filter((option) => !shown.includes(option) && !isObservedOnly(option))).toEqual(
      [],
    );
    const ids = AMBIGUITIES.map(({ id }) => id);
    expect(
      CASES.filter(({ ambiguity }) => ambiguity !== undefined && !ids.includes(ambiguity)),
    ).toEqual([]);
  });

  test('ids of duties are unique', () => {
    expect(new Set(DUTIES.map(({ id }) => id)).size).toBe(DUTIES.length);
  });

  test('each duty of the document has a case or a scenario, or a reason why calls cannot show it', () => {
    const covered = new Set([...CASES, ...SCENARIOS].flatMap(({ duties = [] }) => duties));
    const bare = DUTIES.filter(
      ({ id, whose, why }) => !covered.has(id) && !(whose === 'portal' && why !== undefined),
    );
    expect(bare.map(({ id }) => id)).toEqual([]);
  });

  test('no case has an unknown duty', () => {
    const ids = new Set(DUTIES.map(({ id }) => id));
    expect(
      [...CASES, ...SCENARIOS].flatMap(({ duties = [] }) => duties).filter((id) => !ids.has(id)),
    ).toEqual([]);
  });
});

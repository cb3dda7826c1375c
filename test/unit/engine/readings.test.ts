/** The readings: each option changes exactly the outcomes of its row. All other probes keep their default outcome. */
import { describe, expect, test } from 'vitest';
import { DEFAULT_READINGS, READINGS, type Readings } from '../../../mock-server/carrier/engine/readings.js';
import { DEFAULTS } from '../../support/engine.js';
import { outcomeOf, PROBES } from '../../support/probes.js';

const CHARGED = '[useToken, calls:20261125/1000, charge]';
const LOGIN_OK = `103000 allMet ${CHARGED}`;
const VERIFY_OK = `000 allMet ${CHARGED}`;
const PARAMETERS_AT_LOGIN = '103414 parametersValid [] desc';
const IP_AT_LOGIN = '103511 ipAllowed [] desc';
const PARAMETERS_AT_VERIFY = '102 parametersValid []';

/** The changed outcomes by probe, or a function from the default outcome to the changed one. */
type Change = Readonly<Record<string, string>> | ((outcome: string, name: string) => string);

interface OptionRow {
  readonly option: Partial<Readings>;
  readonly changes: Change;
}

const NO_DATE = { 'login: not a date': PARAMETERS_AT_LOGIN, 'verify: not a date': PARAMETERS_AT_VERIFY };

/** Probes that are refused before the app is known, or have an unknown app. */
const OF_NO_APP = /no token|a wrong version|a number|null|an unknown app/;
/** Probes without a token that can be used. */
const WITHOUT_GOOD_TOKEN = /no token|an unknown app|another app|expired|used/;

const isRefused = (outcome: string) => !outcome.includes('charge');
const withFirst = (outcome: string, effect: string) => outcome.replace('[]', `[${effect}]`);
const withLast = (outcome: string, effect: string) =>
  outcome.includes('[]') ? withFirst(outcome, effect) : outcome.replace(']', `, ${effect}]`);

const OPTIONS: readonly OptionRow[] = [
  { option: { 'login-md5-case': 'upper' }, changes: { 'login: MD5 in lower case': '103101 signValid [] desc' } },
  {
    option: { 'verify-hex-case': 'any' },
    changes: { 'verify: a signature in lower case': VERIFY_OK, 'verify: phoneNum in lower case': VERIFY_OK },
  },
  {
    option: { 'content-type': 'json' },
    changes: {
      'login: text': '103211 valuesAreStrings [] desc',
      'login: no content type': '103211 valuesAreStrings [] desc',
      'login: text, then JSON': '103211 valuesAreStrings [] desc',
      'verify: text': '303 bodyReadable []',
      'verify: no content type': '303 bodyReadable []',
      'verify: text, then JSON': '303 bodyReadable []',
    },
  },
  {
    option: { 'json-numbers': 'refused' },
    changes: {
      'verify: keyType the number 1': PARAMETERS_AT_VERIFY,
      'verify: keyType the number 2': PARAMETERS_AT_VERIFY,
    },
  },
  {
    option: { 'json-numbers': 'any' },
    changes: {
      'login: msgid a number': LOGIN_OK,
      'login: strictcheck a number': LOGIN_OK,
      'verify: openType a number': VERIFY_OK,
      'verify: msgId a number': VERIFY_OK,
    },
  },
  {
    option: { 'json-null': 'absent' },
    changes: {
      'login: expandparams null': LOGIN_OK,
      'login: encryptionalgorithm null': LOGIN_OK,
      'verify: keyType null': VERIFY_OK,
      'verify: message null': VERIFY_OK,
      'verify: expandParams null': VERIFY_OK,
      'verify: openType null for WAP': VERIFY_OK,
    },
  },
  { option: { 'system-time': 'calendar' }, changes: NO_DATE },
  {
    option: { 'system-time': 'window:5m' },
    changes: {
      ...NO_DATE,
      'login: over five minutes early': PARAMETERS_AT_LOGIN,
      'login: over five minutes late': PARAMETERS_AT_LOGIN,
      'verify: over five minutes early': PARAMETERS_AT_VERIFY,
      'verify: over five minutes late': PARAMETERS_AT_VERIFY,
    },
  },
  {
    option: { 'msgid-replay': 'refused' },
    changes: (outcome, name) => {
      if (name === 'login: a repeated msgid') return PARAMETERS_AT_LOGIN;
      if (name === 'verify: a repeated msgId') return PARAMETERS_AT_VERIFY;
      return OF_NO_APP.test(name) && isRefused(outcome) ? outcome : withLast(outcome, 'rememberMsgId');
    },
  },
  {
    option: { 'refused-call-uses-token': 'yes' },
    changes: (outcome, name) => (WITHOUT_GOOD_TOKEN.test(name) ? outcome : withFirst(outcome, 'useToken')),
  },
  { option: { 'verify-quota-code': '102315' }, changes: { 'verify: no calls left': '102315 callsLeft []' } },
  { option: { 'verify-quota-code': '105312' }, changes: { 'verify: no calls left': '105312 callsLeft []' } },
  {
    option: { 'daily-quota-counts': 'every-call' },
    changes: (outcome, name) =>
      /an unknown app|by contract/.test(name) ? outcome : withFirst(outcome, 'calls:20261125/null'),
  },
  {
    option: { 'daily-quota-covers': 'tokenValidate' },
    changes: (outcome, name) => {
      if (name === 'login: no calls left') return '103000 allMet [useToken, charge]';
      return name.startsWith('login') ? outcome.replace(' calls:20261125/1000,', '') : outcome;
    },
  },
  {
    option: { 'login-ip-check': 'always' },
    changes: { 'login: not whitelisted': IP_AT_LOGIN, 'login: an empty whitelist': IP_AT_LOGIN },
  },
  { option: { 'login-ip-check': 'registered' }, changes: { 'login: an empty whitelist': IP_AT_LOGIN } },
  { option: { 'login-error-desc': 'absent' }, changes: (outcome) => outcome.replace(' desc', '') },
  { option: { 'unknown-app-at-verify': '302' }, changes: { 'verify: an unknown app': '302 appKnown []' } },
  {
    option: { 'other-apps-dead-token': '104201' },
    changes: {
      "login: another app's expired token": '104201 tokenKnown [] desc',
      "login: another app's used token": '104201 tokenKnown [] desc',
      "verify: another app's expired token": '606 tokenKnown []',
      "verify: another app's used token": '606 tokenKnown []',
    },
  },
  {
    option: { 'verify-rsa-encoding': 'hex' },
    changes: (outcome, name) => {
      // The other field is still in Base64, and the signature is checked first.
      const isRsa = name.startsWith('verify: RSA') || name === 'verify: keyType the number 1';
      if (name === 'verify: RSA, sign in hex') return '004 phoneNumReadable []';
      return isRsa ? '302 signValid []' : outcome;
    },
  },
  { option: { 'verify-key-size': '1024' }, changes: { 'verify: RSA with a long key': '302 signValid []' } },
  {
    option: { 'verify-params-encoding': 'encoded' },
    changes: {
      'verify: message not encoded': `${PARAMETERS_AT_VERIFY} message`,
      'verify: message with =': `${PARAMETERS_AT_VERIFY} message`,
      'verify: expandParams not encoded': `${PARAMETERS_AT_VERIFY} expandParams`,
    },
  },
  { option: { 'verify-echo': 'empty' }, changes: (outcome) => outcome.replace(/ message| expandParams/g, '') },
  {
    option: { 'refusal-task-id': 'absent' },
    changes: (outcome) => (isRefused(outcome) ? `${outcome} no taskId` : outcome),
  },
  {
    option: { 'verify-result-desc': 'code' },
    changes: (outcome, name) => (name.startsWith('verify') ? `${outcome} code for words` : outcome),
  },
];

test.each(PROBES)('by default, $name', (probe) => {
  expect(outcomeOf(probe, {})).toBe(probe.byDefault);
});

describe.each(OPTIONS.map((row) => ({ ...row, name: Object.entries(row.option).join() })))(
  '$name',
  ({ option, changes }) => {
    test('changes exactly the outcomes of its row', () => {
      const actual = PROBES.map((probe) => [probe.name, outcomeOf(probe, option)]);
      const expected = PROBES.map(({ name, byDefault }) => [
        name,
        typeof changes === 'function' ? changes(byDefault, name) : (changes[name] ?? byDefault),
      ]);
      expect(actual).toEqual(expected);
    });

    test('changes an outcome', () => {
      expect(PROBES.some((probe) => outcomeOf(probe, option) !== probe.byDefault)).toBe(true);
    });
  },
);

test('each row names existing probes', () => {
  const names = PROBES.map(({ name }) => name);
  const named = OPTIONS.flatMap(({ changes }) => (typeof changes === 'function' ? [] : Object.keys(changes)));
  expect(named.filter((name) => !names.includes(name))).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
});

/** An app that was stored before these readings existed. */
test.each(['json-null', 'verify-params-encoding', 'verify-echo', 'refusal-task-id', 'verify-result-desc'])(
  'an app without %s has its default',
  (id) => {
    const without = { [id]: undefined } as Partial<Readings>;
    expect(PROBES.filter((probe) => outcomeOf(probe, without) !== probe.byDefault)).toEqual([]);
  },
);

test('the default of each reading is its first option', () => {
  expect(DEFAULT_READINGS).toEqual(DEFAULTS);
  expect(READINGS.map(({ id, options }) => [id, options[0]])).toEqual(Object.entries(DEFAULTS));
});

test('each option except the default has a row', () => {
  const others = READINGS.flatMap(({ id, options }) => options.slice(1).map((option) => `${id},${option}`));
  const rows = OPTIONS.map(({ option }) => Object.entries(option).join());
  expect(rows.filter((row) => !row.includes('window:'))).toEqual(others);
});

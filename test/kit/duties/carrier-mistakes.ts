/** For each duty that a carrier shows: a carrier that neglects exactly this duty. */
import { RESULT_CODES } from '../../../contracts/index.js';
import { valueAt, withValue } from '../../../contracts/kit/pointer.js';
import type { Answer } from '../../../mock-server/carrier/answer.js';
import type { CarrierParts } from '../provider/engine-subject.js';
import { withBody, withFacts, withReadings } from '../wrong-carriers/wrong-carrier.js';
import { WRONG_CARRIERS } from '../wrong-carriers/wrong-carriers.js';

export interface NeglectedDuty {
  readonly duty: string;
  readonly wrong: CarrierParts;
  /** Every redemption of an accessToken succeeds. */
  readonly redeemsAlways?: true;
}

/** A wrong carrier of the matrix. */
function known(id: string): CarrierParts {
  const found = WRONG_CARRIERS.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no wrong carrier ${id}`);
  return found.wrong;
}

/** Another value in each response that has the field; undefined removes it. */
function answers(pointer: string, value?: unknown): CarrierParts {
  return withBody((body) => {
    const json: unknown = JSON.parse(body);
    return valueAt(json, pointer) === undefined
      ? body
      : JSON.stringify(withValue(json, pointer, value));
  });
}

/** Cannot read a request for which this is true. */
function cannotRead(isUnreadable: (json: unknown) => boolean): CarrierParts {
  return {
    answer:
      (own: Answer): Answer =>
      (exchange) =>
        own(isUnreadable(JSON.parse(exchange.body)) ? { ...exchange, body: '{}' } : exchange),
  };
}

const lacks = (pointer: string) => cannotRead((json) => valueAt(json, pointer) === undefined);
const has = (pointer: string) => cannotRead((json) => valueAt(json, pointer) !== undefined);

const isOtherKeyType = (json: unknown) =>
  !['0', '1', undefined].includes(valueAt(json, '/body/keyType') as string);

/** Another code for every request that has this one. Duties are sentences of the document. */
const OF_CODES: readonly NeglectedDuty[] = RESULT_CODES.filter(
  ({ section }) => section !== 'observed',
).map(({ operation, resultCode }) => {
  const [stem, other] =
    operation === 'loginTokenValidate' ? ['login', '103211'] : ['verify', '999'];
  const instead = resultCode === other ? '000000' : other;
  return {
    duty: `${stem}-code-${resultCode}`,
    wrong: withBody((body) =>
      body.replace(`"resultCode":"${resultCode}"`, `"resultCode":"${instead}"`),
    ),
  };
});

export const NEGLECTED_DUTIES: readonly NeglectedDuty[] = [
  ...OF_CODES,
  { duty: 'login-whitelist-registered', wrong: withFacts({ login: { ipAllowed: () => true } }) },
  { duty: 'login-answer-standard-json', wrong: withBody((body) => `${body};`) },
  { duty: 'login-answer-strings', wrong: known('numeric-result-code') },
  { duty: 'login-strictcheck-one', wrong: withFacts({ login: { ipAllowed: () => true } }) },
  {
    duty: 'login-strictcheck-later',
    wrong: withReadings(() => ({ 'login-ip-check': 'strict-only' })),
  },
  { duty: 'login-expandparams', wrong: has('/expandparams') },
  { duty: 'login-encryptionalgorithm', wrong: has('/encryptionalgorithm') },
  { duty: 'login-encryptionalgorithm-else', wrong: known('rsa-in-any-case') },
  { duty: 'login-answer-inresponseto', wrong: answers('/inresponseto', 'another') },
  { duty: 'login-answer-systemtime', wrong: known('time-in-utc') },
  { duty: 'login-answer-result-code', wrong: answers('/resultCode') },
  { duty: 'login-answer-msisdn', wrong: answers('/msisdn', '13900000000') },
  { duty: 'login-answer-msisdn-encrypted', wrong: known('msisdn-in-the-clear') },
  { duty: 'login-answer-task-id', wrong: known('task-id-constant') },
  { duty: 'login-sign-secret', wrong: known('app-secret-always') },
  { duty: 'login-upgrade-at-once', wrong: known('login-sign-not-checked') },
  { duty: 'login-upgrade-rsa', wrong: known('login-rsa-is-sha1') },
  { duty: 'verify-two-results', wrong: known('every-number-is-own') },
  { duty: 'verify-sms-fallback', wrong: answers('/body/accessToken') },
  { duty: 'verify-server-ip', wrong: known('whitelist-at-verify-never') },
  { duty: 'verify-daily-quota', wrong: known('quota-one-too-many') },
  { duty: 'verify-contract-ends-free-calls', wrong: known('contract-keeps-free-calls') },
  { duty: 'verify-call-count', wrong: known('quota-one-too-many') },
  { duty: 'verify-json-answer', wrong: withBody((body) => `${body};`) },
  { duty: 'verify-strings-answer', wrong: known('numeric-result-code') },
  { duty: 'verify-message-optional', wrong: lacks('/body/message') },
  { duty: 'verify-expand-params-optional', wrong: lacks('/body/expandParams') },
  {
    duty: 'verify-expand-params-format',
    wrong: cannotRead((json) => String(valueAt(json, '/body/expandParams')).includes('|')),
  },
  { duty: 'verify-key-type-optional', wrong: lacks('/body/keyType') },
  { duty: 'verify-key-type-fallback', wrong: cannotRead(isOtherKeyType) },
  { duty: 'verify-phone-number-format', wrong: known('every-number-is-own') },
  { duty: 'verify-rsa-key-size', wrong: withReadings(() => ({ 'verify-key-size': 'any' })) },
  { duty: 'verify-answer-header', wrong: answers('/header') },
  { duty: 'verify-answer-msg-id', wrong: answers('/header/msgId', 'another') },
  { duty: 'verify-answer-timestamp', wrong: known('time-in-utc') },
  { duty: 'verify-answer-app-id', wrong: answers('/header/appId', '300000000009') },
  { duty: 'verify-answer-result-code', wrong: answers('/header/resultCode') },
  { duty: 'verify-answer-body', wrong: answers('/body') },
  { duty: 'verify-answer-result-desc', wrong: answers('/body/resultDesc') },
  { duty: 'verify-answer-message', wrong: known('message-dropped') },
  { duty: 'verify-access-token-when', wrong: known('access-token-with-success') },
  { duty: 'verify-access-token-five-minutes', wrong: known('access-token-lives-six-minutes') },
  { duty: 'verify-access-token-once', wrong: {}, redeemsAlways: true },
  { duty: 'verify-answer-expand-params', wrong: answers('/body/expandParams') },
  { duty: 'verify-answer-task-id', wrong: known('task-id-constant') },
];

/** The requests that distinguish the options of an ambiguity, and the results that each option predicts. */
import type { Operation } from '../index.js';
import type { Given, When } from '../kit/case.js';

/** The carrier accepts the request: its response is the same as for a good one. */
export const ACCEPTED = 'accepted';

export interface Probe {
  readonly reading: string;
  readonly operation: Operation;
  /** The case of the kit with the request. */
  readonly case: string;
  /** Replaces the request of the case, if another request distinguishes more options. The case is then the most similar one. */
  readonly when?: When;
  readonly given?: Given;
  /** `rsa`: the profile's keys; `longKey`: keys of more than 1024 bits. */
  readonly needs?: 'rsa' | 'longKey';
  /** Whether an unknown token cannot show the option. */
  readonly liveOnly?: true;
  /** The options that predict a result, by its code or ACCEPTED. */
  readonly predicts: Readonly<Record<string, readonly string[]>>;
}

const LOGIN = 'loginTokenValidate';
const VERIFY = 'tokenValidate';

/** The options of system-time that set a window, before its width is known. */
export const WINDOW = 'window';

/** In the order of ambiguities.json. */
export const PROBES: readonly Probe[] = [
  {
    reading: 'login-md5-case',
    operation: LOGIN,
    case: 'loginTokenValidate/103000/md5-sign-lower-case',
    predicts: { [ACCEPTED]: ['any'], '103101': ['upper'] },
  },
  {
    reading: 'verify-hex-case',
    operation: VERIFY,
    case: 'tokenValidate/302/lower-case',
    predicts: { [ACCEPTED]: ['any'], '302': ['upper'] },
  },
  {
    reading: 'verify-hex-case',
    operation: VERIFY,
    case: 'tokenValidate/004/lower-case',
    predicts: { [ACCEPTED]: ['any'], '004': ['upper'] },
  },
  {
    reading: 'content-type',
    operation: LOGIN,
    case: 'loginTokenValidate/103000/content-type-open',
    predicts: { [ACCEPTED]: ['any'], '103211': ['json'] },
  },
  {
    reading: 'content-type',
    operation: VERIFY,
    case: 'tokenValidate/000/text-content-type',
    predicts: { [ACCEPTED]: ['any'], '303': ['json'] },
  },
  {
    reading: 'json-numbers',
    operation: LOGIN,
    case: 'loginTokenValidate/103211/json-numbers-open',
    predicts: { [ACCEPTED]: ['any'], '103211': ['keyType', 'refused'] },
  },
  {
    reading: 'json-numbers',
    operation: VERIFY,
    case: 'tokenValidate/102/number',
    predicts: { [ACCEPTED]: ['any'], '102': ['keyType', 'refused'] },
  },
  {
    reading: 'json-numbers',
    operation: VERIFY,
    case: 'tokenValidate/000/key-type-number',
    // keyType 0, so that no RSA keys are needed.
    given: {},
    when: { fields: [{ op: 'replace', path: '/body/keyType', value: 0 }] },
    predicts: { [ACCEPTED]: ['keyType', 'any'], '102': ['refused'] },
  },
  {
    reading: 'json-null',
    operation: LOGIN,
    case: 'loginTokenValidate/103211/json-null-open',
    predicts: { [ACCEPTED]: ['absent'], '103211': ['refused'] },
  },
  {
    reading: 'json-null',
    operation: VERIFY,
    case: 'tokenValidate/102/json-null-open',
    predicts: { [ACCEPTED]: ['absent'], '102': ['refused'] },
  },
  {
    reading: 'system-time',
    operation: LOGIN,
    case: 'loginTokenValidate/103000/time-no-date-open',
    predicts: { [ACCEPTED]: ['digits'], '103414': ['calendar', WINDOW] },
  },
  {
    reading: 'system-time',
    operation: VERIFY,
    case: 'tokenValidate/000/no-date',
    predicts: { [ACCEPTED]: ['digits'], '102': ['calendar', WINDOW] },
  },
  ...(['-4000d', '+4000d'] as const).flatMap((timeOffset): readonly Probe[] => [
    {
      reading: 'system-time',
      operation: LOGIN,
      case: 'loginTokenValidate/103000/time-an-hour-off',
      when: { timeOffset },
      predicts: { [ACCEPTED]: ['digits', 'calendar'], '103414': [WINDOW] },
    },
    {
      reading: 'system-time',
      operation: VERIFY,
      case: 'tokenValidate/102/time-out-of-window-by-reading',
      given: {},
      when: { timeOffset },
      predicts: { [ACCEPTED]: ['digits', 'calendar'], '102': [WINDOW] },
    },
  ]),
  {
    reading: 'msgid-replay',
    operation: LOGIN,
    case: 'loginTokenValidate/103000/msgid-again',
    predicts: { [ACCEPTED]: ['allowed'], '103414': ['refused'] },
  },
  {
    reading: 'msgid-replay',
    operation: VERIFY,
    case: 'tokenValidate/000/msg-id-again',
    predicts: { [ACCEPTED]: ['allowed'], '102': ['refused'] },
  },
  {
    reading: 'refused-call-uses-token',
    operation: LOGIN,
    case: 'loginTokenValidate/103000/good-after-wrong-sign',
    liveOnly: true,
    predicts: { [ACCEPTED]: ['no'], '104201': ['yes'] },
  },
  {
    reading: 'refused-call-uses-token',
    operation: VERIFY,
    case: 'tokenValidate/000/token-after-a-refused-call',
    liveOnly: true,
    predicts: { [ACCEPTED]: ['no'], '606': ['yes'] },
  },
  {
    reading: 'unknown-app-at-verify',
    operation: VERIFY,
    case: 'tokenValidate/102/unknown-app',
    predicts: { '102': ['102'], '302': ['302'] },
  },
  {
    reading: 'verify-rsa-encoding',
    operation: VERIFY,
    case: 'tokenValidate/000/rsa',
    needs: 'rsa',
    predicts: { [ACCEPTED]: ['base64'], '302': ['hex'], '004': ['hex'] },
  },
  {
    reading: 'verify-rsa-encoding',
    operation: VERIFY,
    case: 'tokenValidate/302/rsa-in-hex',
    needs: 'rsa',
    predicts: { [ACCEPTED]: ['hex'], '302': ['base64'], '004': ['base64'] },
  },
  {
    reading: 'verify-key-size',
    operation: VERIFY,
    // A refusal could also mean that the key is not registered.
    case: 'tokenValidate/000/rsa',
    needs: 'longKey',
    predicts: { [ACCEPTED]: ['any'] },
  },
  {
    reading: 'verify-params-encoding',
    operation: VERIFY,
    case: 'tokenValidate/000/params-encoding-open',
    predicts: { [ACCEPTED]: ['any'], '102': ['encoded'] },
  },
];

// The kit's cases with two mistakes, and the requirements that they fail.

export interface TwoMistakes {
  readonly case: string;
  /** The requirement of the case's `decidedBy` and first code. */
  readonly first: string;
  /** The requirement of the second code. */
  readonly second: string;
}

const LOGIN_CASES = 'loginTokenValidate/precedence';
const VERIFY_CASES = 'tokenValidate/precedence';

/** The cases with two codes that need no live token. A token that was never issued is an additional mistake, which is checked last. */
export const TWO_MISTAKES: readonly TwoMistakes[] = [
  { case: `${LOGIN_CASES}/path-before-body`, first: 'urlRight', second: 'bodyReadable' },
  { case: `${LOGIN_CASES}/method-before-body`, first: 'urlRight', second: 'bodyReadable' },
  { case: `${LOGIN_CASES}/strings-before-token`, first: 'valuesAreStrings', second: 'tokenPresent' },
  { case: `${LOGIN_CASES}/null-token`, first: 'valuesAreStrings', second: 'tokenPresent' },
  { case: `${LOGIN_CASES}/null-version`, first: 'valuesAreStrings', second: 'parametersValid' },
  { case: `${LOGIN_CASES}/token-before-parameters`, first: 'tokenPresent', second: 'parametersValid' },
  { case: `${LOGIN_CASES}/token-before-app`, first: 'tokenPresent', second: 'appKnown' },
  { case: `${LOGIN_CASES}/token-before-sign`, first: 'tokenPresent', second: 'signValid' },
  { case: `${LOGIN_CASES}/parameters-before-app`, first: 'parametersValid', second: 'appKnown' },
  { case: `${LOGIN_CASES}/parameters-before-sign`, first: 'parametersValid', second: 'signValid' },
  { case: `${LOGIN_CASES}/app-before-sign`, first: 'appKnown', second: 'signValid' },
  { case: `${LOGIN_CASES}/sign-before-token-form`, first: 'signValid', second: 'tokenWellFormed' },
  { case: `${LOGIN_CASES}/sign-before-unknown-token`, first: 'signValid', second: 'tokenKnown' },
  { case: `${LOGIN_CASES}/token-form-before-unknown`, first: 'tokenWellFormed', second: 'tokenKnown' },
  { case: `${VERIFY_CASES}/url-and-parameters`, first: 'urlRight', second: 'parametersValid' },
  { case: `${VERIFY_CASES}/parameters-and-sign`, first: 'parametersValid', second: 'signValid' },
  { case: `${VERIFY_CASES}/sign-and-phone-num`, first: 'signValid', second: 'phoneNumReadable' },
  { case: `${VERIFY_CASES}/phone-num-and-unknown-token`, first: 'phoneNumReadable', second: 'tokenKnown' },
];

/** The requests that tell the options of an ambiguity apart, and what each option predicts. */
import type { Operation } from '../index.js';
import type { Given, When } from '../provider/case.js';

/** A carrier that takes the request answers it as it answers a good one. */
export const TAKEN = 'taken';

export interface Probe {
  readonly reading: string;
  readonly operation: Operation;
  /** The case of the kit whose request it is. */
  readonly case: string;
  /** Replaces the case's request where the kit's own tells fewer options apart; the case is then the nearest one. */
  readonly when?: When;
  readonly given?: Given;
  /** `rsa`: the profile's keys; `longKey`: keys of more than 1024 bits. */
  readonly needs?: 'rsa' | 'longKey';
  /** With an unknown token nothing can be seen. */
  readonly liveOnly?: true;
  /** The options that predict an answer, by its code or TAKEN. */
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
    predicts: { [TAKEN]: ['any'], '103101': ['upper'] },
  },
  {
    reading: 'verify-hex-case',
    operation: VERIFY,
    case: 'tokenValidate/302/lower-case',
    predicts: { [TAKEN]: ['any'], '302': ['upper'] },
  },
  {
    reading: 'verify-hex-case',
    operation: VERIFY,
    case: 'tokenValidate/004/lower-case',
    predicts: { [TAKEN]: ['any'], '004': ['upper'] },
  },
  {
    reading: 'content-type',
    operation: LOGIN,
    case: 'loginTokenValidate/103000/content-type-open',
    predicts: { [TAKEN]: ['any'], '103211': ['json'] },
  },
  {
    reading: 'content-type',
    operation: VERIFY,
    case: 'tokenValidate/000/text-content-type',
    predicts: { [TAKEN]: ['any'], '303': ['json'] },
  },
  {
    reading: 'json-numbers',
    operation: LOGIN,
    case: 'loginTokenValidate/103211/json-numbers-open',
    predicts: { [TAKEN]: ['any'], '103211': ['keyType', 'refused'] },
  },
  {
    reading: 'json-numbers',
    operation: VERIFY,
    case: 'tokenValidate/102/number',
    predicts: { [TAKEN]: ['any'], '102': ['keyType', 'refused'] },
  },
  {
    reading: 'json-numbers',
    operation: VERIFY,
    case: 'tokenValidate/000/key-type-number',
    // keyType 0, so that no RSA keys are needed.
    given: {},
    when: { fields: [{ op: 'replace', path: '/body/keyType', value: 0 }] },
    predicts: { [TAKEN]: ['keyType', 'any'], '102': ['refused'] },
  },
  {
    reading: 'json-null',
    operation: LOGIN,
    case: 'loginTokenValidate/103211/json-null-open',
    predicts: { [TAKEN]: ['absent'], '103211': ['refused'] },
  },
  {
    reading: 'json-null',
    operation: VERIFY,
    case: 'tokenValidate/102/json-null-open',
    predicts: { [TAKEN]: ['absent'], '102': ['refused'] },
  },
  {
    reading: 'system-time',
    operation: LOGIN,
    case: 'loginTokenValidate/103000/time-no-date-open',
    predicts: { [TAKEN]: ['digits'], '103414': ['calendar', WINDOW] },
  },
  {
    reading: 'system-time',
    operation: VERIFY,
    case: 'tokenValidate/000/no-date',
    predicts: { [TAKEN]: ['digits'], '102': ['calendar', WINDOW] },
  },
  ...(['-4000d', '+4000d'] as const).flatMap((timeOffset): readonly Probe[] => [
    {
      reading: 'system-time',
      operation: LOGIN,
      case: 'loginTokenValidate/103000/time-an-hour-off',
      when: { timeOffset },
      predicts: { [TAKEN]: ['digits', 'calendar'], '103414': [WINDOW] },
    },
    {
      reading: 'system-time',
      operation: VERIFY,
      case: 'tokenValidate/102/time-out-of-window-by-reading',
      given: {},
      when: { timeOffset },
      predicts: { [TAKEN]: ['digits', 'calendar'], '102': [WINDOW] },
    },
  ]),
  {
    reading: 'msgid-replay',
    operation: LOGIN,
    case: 'loginTokenValidate/103000/msgid-again',
    predicts: { [TAKEN]: ['allowed'], '103414': ['refused'] },
  },
  {
    reading: 'msgid-replay',
    operation: VERIFY,
    case: 'tokenValidate/000/msg-id-again',
    predicts: { [TAKEN]: ['allowed'], '102': ['refused'] },
  },
  {
    reading: 'refused-call-uses-token',
    operation: LOGIN,
    case: 'loginTokenValidate/103000/good-after-wrong-sign',
    liveOnly: true,
    predicts: { [TAKEN]: ['no'], '104201': ['yes'] },
  },
  {
    reading: 'refused-call-uses-token',
    operation: VERIFY,
    case: 'tokenValidate/000/token-after-a-refused-call',
    liveOnly: true,
    predicts: { [TAKEN]: ['no'], '606': ['yes'] },
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
    predicts: { [TAKEN]: ['base64'], '302': ['hex'], '004': ['hex'] },
  },
  {
    reading: 'verify-rsa-encoding',
    operation: VERIFY,
    case: 'tokenValidate/302/rsa-in-hex',
    needs: 'rsa',
    predicts: { [TAKEN]: ['hex'], '302': ['base64'], '004': ['base64'] },
  },
  {
    reading: 'verify-key-size',
    operation: VERIFY,
    // A refusal could be that of a key which is not registered.
    case: 'tokenValidate/000/rsa',
    needs: 'longKey',
    predicts: { [TAKEN]: ['any'] },
  },
  {
    reading: 'verify-params-encoding',
    operation: VERIFY,
    case: 'tokenValidate/000/params-encoding-open',
    predicts: { [TAKEN]: ['any'], '102': ['encoded'] },
  },
];

/** Wrong carriers: parsing the request, writing the response. */
import type { Answer } from '../../../mock-server/carrier/answer.js';
import type { CarrierRequest } from '../../../mock-server/carrier/engine/request.js';
import {
  BEIJING_OFFSET_MS,
  BOTH,
  LOGIN,
  LOGIN_RULES,
  VERIFY,
  VERIFY_RULES,
  type WrongCarrier,
  withBody,
  withDecision,
  withFacts,
  withReadings,
  withRenderedRequest,
  withRenderInputs,
  withRequest,
  withRequestFields,
  withRequestReadings,
  withState,
} from './wrong-carrier.js';

const { parametersValid: loginParametersValid } = LOGIN_RULES.facts;
const { parametersValid: verifyParametersValid, phoneNumReadable } = VERIFY_RULES.facts;

const MSG_ID_LENGTH_MAX = 36;
const ACCESS_TOKEN_TTL_MS = 6 * 60_000;
const TASK_ID = 'a'.repeat(32);
const PHONE_NUMBER = '13800138000';

export const REQUEST_AND_RESPONSE: readonly WrongCarrier[] = [
  {
    id: 'content-type-asked-for',
    does: 'rejects JSON with another Content-Type although the readings accept it',
    operations: BOTH,
    wrong: withRequestReadings({ 'content-type': 'json' }),
  },
  {
    id: 'no-byte-order-mark',
    does: 'cannot parse a body that starts with a byte order mark',
    operations: BOTH,
    wrong: {
      answer: (answer) => (exchange) =>
        answer({ ...exchange, body: exchange.body.replace(/^\uFEFF/, '?') }),
    },
  },
  {
    id: 'numbers-for-strings',
    does: 'accepts numbers instead of Strings',
    operations: BOTH,
    wrong: withRequestReadings({ 'json-numbers': 'any' }),
  },
  {
    id: 'msgid-of-any-length',
    does: 'accepts a msgid of any length',
    operations: BOTH,
    wrong: withFacts({
      login: {
        parametersValid: (situation) =>
          loginParametersValid(withRequestFields(situation, truncatedMsgId(situation))),
      },
      verify: {
        parametersValid: (situation) =>
          verifyParametersValid(withRequestFields(situation, truncatedMsgId(situation))),
      },
    }),
  },
  {
    id: 'calendar-asked-for',
    does: 'rejects 17 digits that are not a date although the readings accept them',
    operations: BOTH,
    wrong: withReadings((readings) =>
      readings['system-time'] === 'digits' ? { 'system-time': 'calendar' } : {},
    ),
  },
  {
    id: 'key-type-one-only-as-text',
    does: 'treats keyType 1 as 0 if it is a number',
    operations: VERIFY,
    wrong: withRequest((request, { json }) =>
      request.operation === 'tokenValidate' && keyTypeIn(json) === 1
        ? { ...request, signing: 'hmac' }
        : request,
    ),
  },
  {
    id: 'open-type-always-required',
    does: 'requires openType even from a WAP page',
    operations: VERIFY,
    wrong: withFacts({
      verify: {
        parametersValid: (situation) =>
          (situation.request.openType ?? '') !== '' && verifyParametersValid(situation),
      },
    }),
  },
  {
    id: 'number-hash-in-any-case',
    does: 'accepts a phoneNum in lower case although the readings exclude it',
    operations: VERIFY,
    wrong: withFacts({
      verify: {
        phoneNumReadable: (situation) => {
          const { signing, phoneNum } = situation.request;
          if (signing === 'rsa') return phoneNumReadable(situation);
          return phoneNumReadable(
            withRequestFields(situation, { phoneNum: phoneNum?.toUpperCase() }),
          );
        },
      },
    }),
  },
  {
    id: 'every-number-is-own',
    does: 'returns 000 for every number',
    operations: VERIFY,
    wrong: withFacts({ verify: { numberMatches: () => true } }),
  },
  {
    id: 'msisdn-on-errors',
    does: 'returns the number with a refusal',
    operations: LOGIN,
    wrong: withBody((body) => JSON.stringify({ msisdn: PHONE_NUMBER, ...JSON.parse(body) })),
  },
  {
    id: 'msisdn-in-the-clear',
    does: 'returns the number unencrypted when the request uses RSA',
    operations: LOGIN,
    wrong: withRenderInputs((inputs) => ({
      ...inputs,
      app: inputs.app && { ...inputs.app, encryptKey: undefined },
    })),
  },
  {
    id: 'h5-msisdn-in-the-clear',
    does: 'returns the number of h5TokenValidate unencrypted',
    operations: ['h5TokenValidate'],
    wrong: withBody((body) => {
      const { data, ...rest } = JSON.parse(body);
      return data === undefined
        ? body
        : JSON.stringify({ ...rest, data: { ...data, msisdn: PHONE_NUMBER } });
    }),
  },
  {
    id: 'http-400-on-refusals',
    does: 'returns refusals with HTTP status 400',
    operations: BOTH,
    wrong: { answer: withStatus400 },
  },
  {
    id: 'numeric-result-code',
    does: 'writes resultCode as a number',
    operations: BOTH,
    wrong: withBody((body) => body.replace(/"resultCode":"0*(\d+)"/, '"resultCode":$1')),
  },
  {
    id: 'time-in-utc',
    does: 'writes its times in UTC',
    operations: BOTH,
    wrong: withRenderInputs((inputs) => ({ ...inputs, nowMs: inputs.nowMs - BEIJING_OFFSET_MS })),
  },
  {
    id: 'msgid-in-upper-case',
    does: 'returns the msgid in upper case',
    operations: LOGIN,
    wrong: withRenderedRequest((request) => ({ ...request, msgId: request.msgId?.toUpperCase() })),
  },
  {
    id: 'task-id-constant',
    does: 'returns the same taskId for every call',
    operations: BOTH,
    wrong: withRenderInputs((inputs) => ({ ...inputs, taskId: TASK_ID })),
  },
  {
    id: 'times-without-milliseconds',
    does: 'has 000 instead of milliseconds in its times',
    operations: BOTH,
    wrong: withBody((body) =>
      body.replace(/("(?:systemtime|timestamp)":"[0-9]{14})[0-9]{3}"/, '$1000"'),
    ),
  },
  {
    id: 'message-dropped',
    does: 'does not return the field `message`',
    operations: VERIFY,
    wrong: withRenderedRequest((request) =>
      request.operation === 'tokenValidate' ? { ...request, message: undefined } : request,
    ),
  },
  {
    id: 'access-token-with-success',
    does: 'returns an accessToken also with 000',
    operations: VERIFY,
    wrong: withDecision((decision, { app }) =>
      decision.decidedBy === 'allMet' && app?.capabilities.has('smsFallback') === true
        ? {
            ...decision,
            grantsAccessToken: true,
            effects: [...decision.effects, { kind: 'grantAccessToken' }],
          }
        : decision,
    ),
  },
  {
    id: 'access-token-lives-six-minutes',
    does: 'accepts an accessToken for six minutes',
    operations: VERIFY,
    wrong: { settings: { accessTokenTtlMs: ACCESS_TOKEN_TTL_MS } },
  },
  {
    id: 'access-token-without-capability',
    does: 'returns an accessToken with 001 to an app without the capability smsFallback',
    operations: VERIFY,
    wrong: withState((state) => ({
      ...state,
      app: state.app && {
        ...state.app,
        capabilities: new Set([...state.app.capabilities, 'smsFallback'] as const),
      },
    })),
  },
];

function truncatedMsgId({
  request: { msgId },
}: {
  readonly request: CarrierRequest;
}): Pick<CarrierRequest, 'msgId'> {
  return { msgId: msgId?.slice(0, MSG_ID_LENGTH_MAX) };
}

function keyTypeIn(json: unknown): unknown {
  return (json as { readonly body?: { readonly keyType?: unknown } } | undefined)?.body?.keyType;
}

const CHARGED_CODES: readonly (string | undefined)[] = ['103000', '000', '001'];
const BAD_REQUEST = 400;

function withStatus400(answer: Answer): Answer {
  return async (exchange) => {
    const reply = await answer(exchange);
    if (CHARGED_CODES.includes(reply.resultCode)) return reply;
    return { ...reply, status: BAD_REQUEST };
  };
}

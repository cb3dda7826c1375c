/** loginTokenValidate: exchanges a token for its phone number. The document, 1. */
import { fieldsOf, type ReplyTexts } from '../../../../src/protocol/fields.js';
import { resultRow } from '../../../../src/protocol/result-codes.js';
import { encryptPkcs1 } from '../../../../src/protocol/rsa-pkcs1.js';
import { formatTimestamp } from '../../../../src/protocol/timestamp.js';
import type { App } from '../app-settings.js';
import {
  areFieldsValid,
  areValuesRight,
  BODY_PARTS,
  CONTENT_TYPE_PART,
  fieldParts,
  isBodyReadable,
  isSent,
  type RequirementPart,
  TOKEN_PARTS,
  URL_PARTS,
  unknownFieldPart,
  VALUE_PARTS,
} from '../facts/parts.js';
import { sharedFacts } from '../facts/shared.js';
import { readingsOf, type Situation } from '../facts/situation.js';
import { isWithoutEntry } from '../ip-whitelist.js';
import type { CarrierRequest } from '../request.js';
import type { Rule } from '../requirements.js';
import type { State } from '../state.js';
import { SDK_TOKENS } from '../token-format.js';
import type { OperationModule, RenderInputs } from './operation.js';

/** The document, 1.2 and 1.4. */
export const LOGIN_TOKEN_VALIDATE_RULES = [
  { requires: 'urlRight', otherwise: '105313', basis: 'observed' },
  { requires: 'bodyReadable', otherwise: '103412', basis: 'observed' },
  { requires: 'valuesAreStrings', otherwise: '103211', basis: 'observed' },
  { requires: 'tokenPresent', otherwise: '103811', basis: 'documented' },
  { requires: 'parametersValid', otherwise: '103414', basis: 'documented' },
  { requires: 'appKnown', otherwise: '103119', basis: 'documented' },
  { requires: 'ipAllowed', otherwise: '103511', basis: 'documented' },
  { requires: 'capabilityGranted', otherwise: '105019', basis: 'documented' },
  { requires: 'encryptionPossible', otherwise: '103412', basis: 'observed' },
  { requires: 'signValid', otherwise: '103101', basis: 'documented' },
  { requires: 'serviceUp', otherwise: '103211', basis: 'assumed' },
  { requires: 'tokenWellFormed', otherwise: '103113', basis: 'documented' },
  { requires: 'tokenKnown', otherwise: '104201', basis: 'documented' },
  { requires: 'tokenOfThisApp', otherwise: '103133', basis: 'documented' },
  { requires: 'tokenOfThisCapability', otherwise: '105018', basis: 'documented' },
  { requires: 'tokenLive', otherwise: '104201', basis: 'documented' },
  { requires: 'tokenUnused', otherwise: '104201', basis: 'observed' },
  { requires: 'callsLeft', otherwise: '105312', basis: 'documented' },
] as const satisfies readonly Rule[];

/** A missing token has a rule of its own. */
const FIELDS = fieldsOf('loginTokenValidate').filter(({ property }) => property !== 'token');

const PRESENCE_PARTS: readonly RequirementPart[] = [
  {
    part: 'missing',
    holds: ({ request }) => isSent('token', request),
    presenceOf: 'token',
  },
  { part: 'empty', holds: ({ request }) => request.token !== '' },
];

const PARTS = {
  urlRight: URL_PARTS,
  bodyReadable: BODY_PARTS,
  tokenPresent: PRESENCE_PARTS,
  tokenWellFormed: TOKEN_PARTS,
  // The content type is checked here too, because 103211 was first published for "message format".
  valuesAreStrings: [CONTENT_TYPE_PART, ...VALUE_PARTS],
  parametersValid: [...fieldParts(FIELDS), unknownFieldPart('loginTokenValidate')],
};

const FACTS = {
  ...sharedFacts('loginTokenValidate'),
  bodyReadable: isBodyReadable,
  valuesAreStrings: (situation: Situation) =>
    situation.request.contentTypeIsJson && areValuesRight(situation),
  parametersValid: areFieldsValid(FIELDS),
  ipAllowed: ({ request, state, clientIp }: Situation) =>
    !checksAddress(request, state) || state.app?.admits.loginTokenValidate(clientIp) === true,
  encryptionPossible: ({ request, state: { app } }: Situation) =>
    request.signing !== 'rsa' || (app?.verifyKey !== undefined && app.encryptKey !== undefined),
};

/** With strictcheck 1. Depending on `login-ip-check`, always, or if the list has no entry. */
function checksAddress(
  { strictCheck }: CarrierRequest,
  state: Pick<State, 'app' | 'carrierReadings'>,
): boolean {
  if (strictCheck === '1') return true;
  const reading = readingsOf(state)['login-ip-check'];
  const list = state.app?.settings.ipWhitelist.loginTokenValidate ?? null;
  return reading === 'always' || (reading === 'registered' && isWithoutEntry(list));
}

export const LOGIN_TOKEN_VALIDATE = {
  rules: LOGIN_TOKEN_VALIDATE_RULES,
  facts: FACTS,
  parts: PARTS,
  tokens: SDK_TOKENS,
  allMet: '103000',
  returnsNumber: true,
  checksAddress,
  reply,
} satisfies OperationModule;

/** The document, 1.3. */
function reply(request: CarrierRequest, inputs: RenderInputs): ReplyTexts {
  const { decision, app, readings, text, nowMs, taskId } = inputs;
  const { resultCode, phoneNumber } = decision;
  const { msgId = '' } = request;
  const sentAt = formatTimestamp(nowMs);
  if (phoneNumber !== undefined)
    return { msgId, resultCode, phoneNumber: msisdn(request, phoneNumber, app), sentAt, taskId };
  const desc = decision.desc ?? text ?? resultRow('loginTokenValidate', resultCode)?.descEn ?? '';
  return {
    msgId,
    resultCode,
    text: desc === '' || readings['login-error-desc'] === 'absent' ? undefined : desc,
    sentAt,
    taskId: readings['refusal-task-id'] === 'absent' ? undefined : taskId,
  };
}

/** Plain; if RSA is requested, encrypted with 应用公钥2, as upper-case hex. */
function msisdn(request: CarrierRequest, phoneNumber: string, app: App | undefined): string {
  if (request.signing !== 'rsa' || app?.encryptKey === undefined) return phoneNumber;
  return encryptPkcs1(phoneNumber, app.encryptKey).toString('hex').toUpperCase();
}

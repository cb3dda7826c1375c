/** tokenValidate: checks whether a number is the token's. The document, 2. */
import { fieldsOf, type ReplyTexts } from '../../../../src/protocol/fields.js';
import { TOKEN_VALIDATE as DESCRIPTION } from '../../../../src/protocol/operations/token-validate.js';
import { hashPhoneNum } from '../../../../src/protocol/phone-num.js';
import type { Readings } from '../../../../src/protocol/readings.js';
import { type ResultRow, resultRow } from '../../../../src/protocol/result-codes.js';
import { upperHex } from '../../../../src/protocol/sign.js';
import { formatTimestamp } from '../../../../src/protocol/timestamp.js';
import { urlDecoded } from '../../../../src/text/url-decoded.js';
import {
  areFieldsValid,
  areValuesRight,
  BODY_PARTS,
  CONTENT_TYPE_PART,
  envelopeParts,
  fieldParts,
  isBodyReadable,
  TOKEN_PARTS,
  URL_PARTS,
  unknownFieldPart,
  VALUE_PARTS,
} from '../facts/parts.js';
import { sharedFacts } from '../facts/shared.js';
import { decryptedNumber, type Situation } from '../facts/situation.js';
import type { CarrierRequest } from '../request.js';
import type { Rule } from '../requirements.js';
import { SDK_TOKENS } from '../token-format.js';
import type { OperationModule, RenderInputs } from './operation.js';

/** The document, 2.3 and 2.5. */
export const TOKEN_VALIDATE_RULES = [
  { requires: 'urlRight', otherwise: '303', basis: 'assumed' },
  { requires: 'bodyReadable', otherwise: '303', basis: 'documented' },
  { requires: 'parametersValid', otherwise: '102', basis: 'documented' },
  {
    requires: 'appKnown',
    otherwise: '102',
    basis: 'assumed',
    codeReading: 'unknown-app-at-verify',
  },
  { requires: 'ipAllowed', otherwise: '124', basis: 'documented' },
  { requires: 'capabilityGranted', otherwise: '103420', basis: 'documented' },
  { requires: 'signValid', otherwise: '302', basis: 'documented' },
  { requires: 'serviceUp', otherwise: '999', basis: 'documented' },
  { requires: 'phoneNumReadable', otherwise: '004', basis: 'documented' },
  { requires: 'tokenServiceUp', otherwise: '003', basis: 'documented' },
  { requires: 'tokenWellFormed', otherwise: '606', basis: 'observed' },
  { requires: 'tokenKnown', otherwise: '606', basis: 'observed' },
  { requires: 'tokenOfThisApp', otherwise: '606', basis: 'observed' },
  { requires: 'tokenOfThisCapability', otherwise: '606', basis: 'observed' },
  { requires: 'tokenLive', otherwise: '606', basis: 'documented' },
  { requires: 'tokenUnused', otherwise: '606', basis: 'documented' },
  {
    requires: 'callsLeft',
    otherwise: '103420',
    basis: 'inferred',
    codeReading: 'verify-quota-code',
  },
  { requires: 'numberObtained', otherwise: '002', basis: 'documented' },
  { requires: 'numberMatches', otherwise: '001', basis: 'documented' },
] as const satisfies readonly Rule[];

const HASH_UPPER = /^[0-9A-F]{64}$/;
const HASH_ANY_CASE = /^[0-9A-Fa-f]{64}$/;

const FIELDS = fieldsOf('tokenValidate');
const areValid = areFieldsValid(FIELDS);

const PARTS = {
  urlRight: URL_PARTS,
  bodyReadable: [...BODY_PARTS, CONTENT_TYPE_PART],
  tokenWellFormed: TOKEN_PARTS,
  parametersValid: [
    ...envelopeParts('tokenValidate'),
    ...VALUE_PARTS,
    ...fieldParts(FIELDS),
    unknownFieldPart('tokenValidate'),
  ],
};

const FACTS = {
  ...sharedFacts('tokenValidate'),
  bodyReadable: (situation: Situation) =>
    isBodyReadable(situation) && situation.request.contentTypeIsJson,
  // Without an envelope, the required fields are missing.
  parametersValid: (situation: Situation) => areValuesRight(situation) && areValid(situation),
  ipAllowed: ({ state, clientIp }: Situation) => state.app?.admits.tokenValidate(clientIp) === true,
  phoneNumReadable: (situation: Situation) =>
    situation.request.signing === 'rsa'
      ? decryptedNumber(situation) !== undefined
      : isHash(situation),
  tokenServiceUp: ({ state }: Situation) => !state.unmetByNumber.includes('tokenServiceUp'),
  numberObtained: ({ state }: Situation) => !state.unmetByNumber.includes('numberObtained'),
  numberMatches: (situation: Situation) =>
    situation.request.signing === 'rsa'
      ? decryptedNumber(situation) === situation.state.token?.phoneNumber
      : hashMatches(situation),
};

function isHash({ request: { phoneNum = '' }, state: { app } }: Situation): boolean {
  return (app?.settings.readings['verify-hex-case'] === 'upper' ? HASH_UPPER : HASH_ANY_CASE).test(
    phoneNum,
  );
}

function hashMatches({
  request: { phoneNum = '', sentAt = '' },
  state: { app, token },
}: Situation): boolean {
  if (app === undefined || token === undefined) return false;
  const { phoneNumber } = token;
  const appKey = app.settings[DESCRIPTION.numberSecret];
  const expected = hashPhoneNum({ phoneNumber, appKey, timestamp: sentAt });
  return (
    (app.settings.readings['verify-hex-case'] === 'any' ? upperHex(phoneNum) : phoneNum) ===
    expected
  );
}

export const TOKEN_VALIDATE = {
  rules: TOKEN_VALIDATE_RULES,
  facts: FACTS,
  parts: PARTS,
  tokens: SDK_TOKENS,
  allMet: '000',
  returnsNumber: false,
  checksAddress: () => true,
  reply,
} satisfies OperationModule;

const ECHOES: Readonly<Record<Readings['verify-echo'], (text: string) => string | undefined>> = {
  echoed: (text) => text,
  empty: () => undefined,
  decoded: (text) => urlDecoded(text, ' '),
  absent: () => undefined,
};

/** The document, 2.4. */
function reply(request: CarrierRequest, inputs: RenderInputs): ReplyTexts {
  const { decision, readings, nowMs, taskId, accessToken } = inputs;
  const { resultCode } = decision;
  const { message = '', expandParams, appId = '', msgId = '' } = request;
  const reading = readings['verify-echo'];
  const echo = ECHOES[reading];
  const row = resultRow('tokenValidate', resultCode);
  const hasTaskId = row?.charged === true || readings['refusal-task-id'] !== 'absent';
  return {
    message: reading === 'empty' ? '' : echo(message),
    text: resultText(inputs, row),
    taskId: hasTaskId ? taskId : undefined,
    expandParams: expandParams === undefined ? undefined : echo(expandParams),
    accessToken,
    appId,
    msgId,
    resultCode,
    sentAt: formatTimestamp(nowMs),
  };
}

function resultText(
  { decision, readings, text }: RenderInputs,
  row: ResultRow | undefined,
): string {
  if (decision.desc !== undefined) return decision.desc;
  if (readings['verify-result-desc'] === 'code') return decision.resultCode;
  return text ?? row?.desc ?? '';
}

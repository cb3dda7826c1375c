/** h5TokenValidate: exchanges a token of a web page or a mini-program for its number. From public material, not the document. */

import { fieldsOf, type ReplyTexts } from '../../../../src/protocol/fields.js';
import { encryptNumber } from '../../../../src/protocol/phone-num.js';
import { resultRow } from '../../../../src/protocol/result-codes.js';
import { formatTimestamp } from '../../../../src/protocol/timestamp.js';
import {
  allHold,
  CONTENT_TYPE_PART,
  fieldParts,
  SHARED_FACTS,
  URL_PARTS,
  unknownFieldPart,
  VALUE_PARTS,
} from '../facts/shared.js';
import type { Situation } from '../facts/situation.js';
import { H5_TOKENS } from '../h5-tokens.js';
import type { Rule } from '../readings.js';
import type { CarrierRequest } from '../request.js';
import { presentedToken } from '../state.js';
import type { OperationModule, RenderInputs } from './operation.js';

/** The causes of the codes are observed; their order is ours. */
const RULES = [
  { requires: 'urlRight', otherwise: '103005', basis: 'assumed' },
  { requires: 'bodyReadable', otherwise: '103005', basis: 'observed' },
  { requires: 'parametersValid', otherwise: '103002', basis: 'observed' },
  { requires: 'appKnown', otherwise: '104000', basis: 'observed' },
  { requires: 'businessTypeRight', otherwise: '104001', basis: 'inferred' },
  { requires: 'capabilityGranted', otherwise: '104003', basis: 'inferred' },
  { requires: 'ipAllowed', otherwise: '104017', basis: 'observed' },
  { requires: 'signValid', otherwise: '104013', basis: 'observed' },
  { requires: 'serviceUp', otherwise: '103005', basis: 'assumed' },
  { requires: 'tokenWellFormed', otherwise: '104019', basis: 'inferred' },
  { requires: 'tokenKnown', otherwise: '104007', basis: 'observed' },
  { requires: 'tokenOfThisApp', otherwise: '104007', basis: 'assumed' },
  { requires: 'tokenLive', otherwise: '104007', basis: 'observed' },
  { requires: 'tokenUnused', otherwise: '104007', basis: 'observed' },
  { requires: 'userInformationRight', otherwise: '104008', basis: 'observed' },
  { requires: 'callsLeft', otherwise: '104003', basis: 'inferred' },
] as const satisfies readonly Rule[];

const FIELD_PARTS = fieldParts(fieldsOf('h5TokenValidate'));

const { codeReading: _, isOfReading: __, ...JSON_TYPE_PART } = CONTENT_TYPE_PART;

const PARTS = {
  urlRight: URL_PARTS,
  bodyReadable: [{ part: 'json', holds: ({ request }: Situation) => request.bodyReadable }, JSON_TYPE_PART],
  parametersValid: [
    ...VALUE_PARTS,
    ...FIELD_PARTS.filter(({ part }) => part !== 'businessType.value'),
    unknownFieldPart('h5TokenValidate'),
  ],
};

const FACTS = {
  ...SHARED_FACTS,
  bodyReadable: allHold(PARTS.bodyReadable),
  parametersValid: allHold(PARTS.parametersValid),
  businessTypeRight: allHold(FIELD_PARTS.filter(({ part }) => part === 'businessType.value')),
  ipAllowed: ({ state, clientIp }: Situation) => state.app?.admits.h5TokenValidate(clientIp) === true,
  tokenWellFormed: ({ request }: Situation) => H5_TOKENS.isWellFormed(request.token ?? ''),
  userInformationRight: ({ request, state }: Situation) =>
    presentedToken(state)?.userInformation === request.userInformation,
};

export const H5_TOKEN_VALIDATE = {
  rules: RULES,
  facts: FACTS,
  parts: PARTS,
  tokens: H5_TOKENS,
  allMet: '103000',
  returnsNumber: true,
  checksAddress: () => true,
  // Only the RSA key signs; the appKey encrypts the number.
  signSecret: () => 'appKey',
  reply,
} satisfies OperationModule;

function reply(request: CarrierRequest, inputs: RenderInputs): ReplyTexts {
  const { decision, app, readings, text, nowMs } = inputs;
  const { resultCode, desc, phoneNumber } = decision;
  const sentAt = formatTimestamp(nowMs);
  const { appId = '', msgId = '' } = request;
  // A forced code has its published text, unless the test gives another one.
  const common = { appId, msgId, sentAt, resultCode, text: desc || (text ?? textOf(resultCode)), serviceTime: sentAt };
  if (phoneNumber === undefined || app === undefined)
    return { ...common, noData: readings['h5-refusal-data'] === 'null' ? null : undefined };
  return {
    ...common,
    phoneNumber: encryptNumber(phoneNumber, app.settings.appKey),
    // The sample has null for a request without it.
    expandParams: request.expandParams || null,
    securityPhone: `${phoneNumber.slice(0, 3)}****${phoneNumber.slice(-4)}`,
  };
}

/** The sample has the English word for a success; the table has the Chinese texts. */
function textOf(resultCode: string): string {
  const row = resultRow('h5TokenValidate', resultCode);
  return (row?.charged === true ? row.descEn : row?.desc) ?? '';
}

/** h5TokenValidate: exchanges a token of a web page or a mini-program for its number. From public material, not the document. */

import { fieldsOf, type ReplyTexts } from '../../../../src/protocol/fields.js';
import { H5_TOKEN_VALIDATE as DESCRIPTION } from '../../../../src/protocol/operations/h5-token-validate.js';
import { encryptNumber } from '../../../../src/protocol/phone-num.js';
import { resultRow } from '../../../../src/protocol/result-codes.js';
import { md5Hex } from '../../../../src/protocol/sign.js';
import { formatTimestamp } from '../../../../src/protocol/timestamp.js';
import {
  allHold,
  areFieldsValid,
  areValuesRight,
  BODY_PARTS,
  CONTENT_TYPE_PART,
  fieldParts,
  isBodyReadable,
  type RequirementPart,
  URL_PARTS,
  unknownFieldPart,
  VALUE_PARTS,
} from '../facts/parts.js';
import { sharedFacts } from '../facts/shared.js';
import type { Situation } from '../facts/situation.js';
import type { CarrierRequest } from '../request.js';
import type { Rule } from '../requirements.js';
import { presentedToken } from '../state.js';
import { SHORT_ID_LENGTH, type TokenFormat } from '../token-format.js';
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

/** The prefix names the operator of the number. Only the rest of 中国移动's tokens is known. */
const OF_OPERATORS = /^(?:H5|CTH5|CUH5)/;
const PREFIX = 'H5HTTPS';
const TOKEN = /^H5HTTPS([0-9a-f]{64})$/;
const TAIL_BYTES = 32;
/** In hex, it marks a token of the mock; the short id of its app follows. */
const MARK = 'MOCK';
/** As the plug-in of mini-programs returns it: brand, version and system, then an MD5. */
const BROWSER = 'devtools%40%408.0.5%40%40iOS%2010.0.1%40%40';

/** The tokens of web pages and mini-programs, and the userInformation that belongs to each. Observed in public material. */
export const H5_TOKENS: TokenFormat = {
  shape: { en: 'H5HTTPS, 64 lower-case hex digits', zh: 'H5HTTPS + 64 位小写十六进制' },
  product: {
    en: 'web pages and mini-programs (H5…, CTH5…, CUH5…)',
    zh: 'H5 页面和小程序（以 H5、CTH5、CUH5 开头）',
  },
  isWellFormed: (text) => OF_OPERATORS.test(text),
  beginning: OF_OPERATORS,
  format: (_, shortId, base62) => {
    const head = MARK + shortId;
    return PREFIX + Buffer.from(head + base62(TAIL_BYTES - head.length), 'latin1').toString('hex');
  },
  shortIdOf: (token) => {
    const [, hex = ''] = TOKEN.exec(token) ?? [];
    const tail = Buffer.from(hex, 'hex').toString('latin1');
    return tail.startsWith(MARK)
      ? tail.slice(MARK.length, MARK.length + SHORT_ID_LENGTH)
      : undefined;
  },
  // One browser for each number.
  userInformationOf: (phoneNumber) => BROWSER + md5Hex(phoneNumber).toLowerCase(),
};

const FIELDS = fieldsOf('h5TokenValidate');
/** The value of businessType has a rule of its own. */
const WITH_ANY_TYPE = FIELDS.map(({ values, ...field }) =>
  values === undefined || field.property === 'businessType' ? field : { ...field, values },
);
const TYPE_PARTS = fieldParts(FIELDS).filter(({ part }) => part === 'businessType.value');
const areOthersValid = areFieldsValid(WITH_ANY_TYPE);

/** Without a reading. */
const JSON_TYPE_PART: RequirementPart = {
  part: CONTENT_TYPE_PART.part,
  holds: CONTENT_TYPE_PART.holds,
  needs: 'nothing',
};

const PARTS = {
  urlRight: URL_PARTS,
  bodyReadable: [...BODY_PARTS, JSON_TYPE_PART],
  parametersValid: [
    ...VALUE_PARTS,
    ...fieldParts(WITH_ANY_TYPE),
    unknownFieldPart('h5TokenValidate'),
  ],
};

const FACTS = {
  ...sharedFacts('h5TokenValidate'),
  bodyReadable: (situation: Situation) =>
    isBodyReadable(situation) && situation.request.contentTypeIsJson,
  parametersValid: (situation: Situation) => areValuesRight(situation) && areOthersValid(situation),
  businessTypeRight: allHold(TYPE_PARTS),
  ipAllowed: ({ state, clientIp }: Situation) =>
    state.app?.admits.h5TokenValidate(clientIp) === true,
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
  reply,
} satisfies OperationModule;

function reply(request: CarrierRequest, inputs: RenderInputs): ReplyTexts {
  const { decision, app, readings, nowMs } = inputs;
  const { resultCode, phoneNumber } = decision;
  const sentAt = formatTimestamp(nowMs);
  const { appId = '', msgId = '' } = request;
  const common = {
    appId,
    msgId,
    sentAt,
    resultCode,
    text: resultText(inputs),
    serviceTime: sentAt,
  };
  if (phoneNumber === undefined || app === undefined)
    return { ...common, noData: readings['h5-refusal-data'] === 'null' ? null : undefined };
  return {
    ...common,
    phoneNumber: encryptNumber(phoneNumber, app.settings[DESCRIPTION.numberSecret]),
    // The sample has null for a request without it.
    expandParams: request.expandParams || null,
    securityPhone: `${phoneNumber.slice(0, 3)}****${phoneNumber.slice(-4)}`,
  };
}

/** A forced code has its published text, unless the test gives another one. */
function resultText({ decision: { resultCode, desc = '' }, text }: RenderInputs): string {
  if (desc !== '') return desc;
  return text ?? publishedText(resultCode);
}

/** The sample has the English word for a success; the table has the Chinese texts. */
function publishedText(resultCode: string): string {
  const row = resultRow('h5TokenValidate', resultCode);
  if (row === undefined) return '';
  return row.charged ? row.descEn : row.desc;
}
